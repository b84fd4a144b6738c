"""Texts pasted to be slow: many signs of one kind are looked through about as often as they are."""

import string
import time
from contextlib import suppress

import pytest

from blog.exceptions import ReadError
from blog.lookup.identify import MAX_TEXT_CHARS, identify
from tests.long import few_of

BLANKS = [" ", "\n", "\t", "\r", "\v", "\x85", "\u00a0", "\u2003", "\u3000", " \n", "\t ", "\n\n"]
SIGNS = [
    *BLANKS,
    *string.punctuation,
    *"…–’“”，；",
    "a",
    "1",
    "A. ",
    "1 ",
    "a, ",
    " & ",
    "(a",
    "[a",
]
AROUND = [
    ("x", "y"),
    ("@", "x"),
    ("Luna, A. (2012). ", "x."),
    ("Luna A. Ties. J", "2012;3."),
    ("10.1234/", "x"),
    ("@article{a, title={", "}}"),
    ("@article{a, author={", "}}"),
    ("TY  - JOUR\nTI  - ", "\nER  - "),
    ("PMID- 1\nTI  - ", "x"),
    ("%0 Journal Article\n%T ", "x"),
    ('[{"title": "', '"}]'),
    ("[", "]"),
]
RUN_CHARS = 40_000
MAX_SECONDS = 1.5  # of this process alone: what takes the square of a run needs five and more


def seconds_of(text):
    start = time.process_time()
    with suppress(ReadError):
        identify(text)
    return time.process_time() - start


def slow(texts):
    """Return the seconds of those texts, by their sign, that are not read at once."""
    spent = {sign: seconds_of(text) for sign, text in texts.items()}
    return {sign: seconds for sign, seconds in spent.items() if seconds >= MAX_SECONDS}


@pytest.mark.parametrize(("before", "behind"), few_of(AROUND, 3))
def test_a_run_of_one_sign_is_read_at_once(before, behind):
    runs = {sign: sign * (RUN_CHARS // len(sign)) for sign in SIGNS}

    assert slow({sign: before + run + behind for sign, run in runs.items()}) == {}


@pytest.mark.parametrize("chars", [1_900, 3_900])
def test_lines_of_one_sign_are_read_at_once(chars):
    runs = {sign: sign.replace("\n", " ") * (chars // len(sign)) for sign in SIGNS}
    lines = {sign: f"Luna, A. (2012). x{run}y" for sign, run in runs.items()}

    assert slow({sign: "\n\n".join([line] * 5) for sign, line in lines.items()}) == {}


def test_the_longest_text_of_blanks_is_read_at_once():
    assert seconds_of("x" + " " * (MAX_TEXT_CHARS - 2) + "y") < MAX_SECONDS
