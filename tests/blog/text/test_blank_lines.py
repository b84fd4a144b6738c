"""Lines that show nothing: every reader of a text takes them for empty, whatever is in them."""

import random
import sys
import unicodedata

import pytest

from blog.exceptions import TextRefused
from blog.text import render_comment, render_post
from blog.text.invisible import ANY_INVISIBLE, is_blank
from blog.text.scaffold import scaffold, strip_scaffold
from blog.text.visual import comment_pieces_of, pieces_of

EVERY_SIGN = map(chr, range(sys.maxunicode + 1))
BLANKS = [sign for sign in EVERY_SIGN if sign.isspace() or unicodedata.category(sign) == "Cf"]
# Format signs that are drawn, such as those around Arabic numbers, are words.
BLANKS = [sign for sign in BLANKS if sign.isspace() or ANY_INVISIBLE.match(sign)]
PLACES = [
    "First.\n\n    {}\n\nSecond.",
    "-     {}",
    "- one\n\n      {}\n- two",
    ">     {}",
    "1. one\n\n    {}\n\n    {}two",
    "    x = 1\n    {}\n\n    {}",
    "One.[^1]\n\n[^1]: {}\n\n    {}",
    "| a | b |\n| - | - |\n| {} | b |\n{}",
    "[one]: /two\n{}",
    "# {}",
    "```\n{}\n```",
    "{}",
]
PARTS = ["a", "x = 1", "- ", "1. ", "> ", "# ", "```", "|", "|-|-|", "[^1]", "[^1]: ", "[a]: /b"]
PARTS += ["*", "===", "---", "\t", "  ", "    ", "\n", "\n", "\n\n", "\r"]
PARTS += ["\u00a0", "\u3000", "\u200b"]
# Where Python ends a line, and so every reader.
LINE_ENDS = [sign for sign in BLANKS if len(f"a{sign}b".splitlines()) == 2]
PARTS += LINE_ENDS


def read_everywhere(text):
    """Give a text to every reader; the pieces of the visual editor have to be all of it."""
    try:
        render_post(text)
        render_comment(text)
        for pieces in (pieces_of(text), comment_pieces_of(text)):
            assert "".join(piece.source + piece.gap for piece in pieces) == text
    except TextRefused:
        pass


@pytest.mark.parametrize("place", PLACES)
def test_every_blank_is_read_by_every_reader(place):
    for blank in BLANKS:
        read_everywhere(place.replace("{}", blank))


@pytest.mark.parametrize("seed", range(10))
def test_blanks_among_marks_are_read_by_every_reader(seed):
    chance = random.Random(seed)
    for _number in range(100):
        read_everywhere("".join(chance.choices(PARTS, k=chance.randint(1, 14))))


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\u2003", "\u2028", "\u2029", "\u200b"])
@pytest.mark.parametrize("indent", ["", " ", "    ", "\t"])
def test_blank_line_is_an_empty_line(blank, indent):
    text = f"First.\n{indent}{blank}\nSecond.\n\n{indent}{blank}\n\nThird."

    assert render_post(text).paragraphs == ("First.", "Second.", "Third.")
    assert render_post(text).html == render_post("First.\n\nSecond.\n\nThird.").html


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\u200b"])
def test_item_of_a_blank_is_an_empty_item(blank):
    assert render_post(f"-     {blank}").html == render_post("-").html


def test_text_of_blanks_is_one_gap_for_the_visual_editor():
    (piece,) = pieces_of("\u00a0\n\u200b")

    assert (piece.source, piece.gap, piece.html) == ("", "\u00a0\n\u200b", "")


def test_scaffold_with_a_blank_under_it_is_dropped():
    assert is_blank(strip_scaffold(scaffold() + "\u00a0\n\u200b\n"))


def test_no_break_space_at_the_start_of_words_stays_with_them():
    assert render_post("\u00a0One.\n\n1\u00a0km").paragraphs == ("One.", "1 km")


@pytest.mark.parametrize(
    "place", ["a{}b", "# a{}b", "- a{}- b", "| a{}b | c |\n| - | - |", "~~~\na{}b\n~~~"]
)
def test_every_end_of_a_line_is_one_to_every_reader(place):
    for sign in LINE_ENDS:
        text, plain = place.replace("{}", sign), place.replace("{}", "\n")

        assert render_post(text).html == render_post(plain).html
        assert render_comment(text) == render_comment(plain)
        assert [piece.html for piece in pieces_of(text)] == [p.html for p in pieces_of(plain)]
