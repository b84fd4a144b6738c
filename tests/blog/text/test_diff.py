"""The difference of two texts: true to the letter, readable, and never slow."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.diff import Budget, compare_texts, stretches_of

LIMIT = 60_000


def written(old, new):
    """Write a difference down as ``unchanged [-removed-]{+added+}``."""
    shapes = {"unchanged": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(shapes[p.kind].format(p.text) for p in compare_texts(old, new).pieces)


PARTS = ["a", "b", "tie", " ", "\n", ".", "’", "é", "-", "\t"]
WORDS = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


@given(WORDS | st.text(max_size=80), WORDS | st.text(max_size=80))
def test_a_difference_gives_back_both_texts(old, new):
    found = compare_texts(old, new)

    assert (found.old, found.new) == (old, new)


@given(WORDS, WORDS)
def test_neighbouring_pieces_are_of_different_kinds_and_never_empty(old, new):
    pieces = compare_texts(old, new).pieces

    assert all(piece.text for piece in pieces)
    assert all(a.kind != b.kind for a, b in zip(pieces, pieces[1:], strict=False))


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text):
    assert compare_texts(text, text).is_empty


@given(WORDS, WORDS)
def test_what_one_way_adds_the_other_way_removes(old, new):
    there, back = compare_texts(old, new), compare_texts(new, old)

    assert there.is_empty == back.is_empty == (old == new)


@given(WORDS, WORDS)
def test_lines_hold_every_letter_of_the_difference(old, new):
    found = compare_texts(old, new)

    shown = "".join(piece.text for line in found.lines for piece in line.pieces)
    assert shown.replace("¶", "") == "".join(p.text for p in found.pieces).replace("\n", "")


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("", "A tie.", "{+A tie.+}"),
        ("A tie.", "", "[-A tie.-]"),
        (
            "The quick brown fox jumps over the lazy dog.",
            "The quick red fox leaps over the lazy dog.",
            "The quick [-brown-]{+red+} fox [-jumps-]{+leaps+} over the lazy dog.",
        ),
        ("One.\n\nThree.", "One.\n\nTwo.\n\nThree.", "One.\n\n{+Two.\n\n+}Three."),
        ("One\n\nTwo", "One Two", "One[-\n\n-]{+ +}Two"),
        ("students’ networks", "students’ own networks", "students’ {+own +}networks"),
        (
            "Ties of the first kind are weak and many.",
            "Nobody asked for any of the things that came after.",
            "[-Ties of the first kind are weak and many-]"
            "{+Nobody asked for any of the things that came after+}.",
        ),
    ],
)
def test_a_difference_reads_as_somebody_would_tell_it(old, new, shown):
    assert written(old, new) == shown


def test_a_moved_paragraph_leaves_the_others_alone():
    assert written("A one.\n\nB two.\n\nC three.\n\n", "B two.\n\nC three.\n\nA one.\n\n") == (
        "[-A one.\n\n-]B two.\n\nC three.\n\n{+A one.\n\n+}"
    )


def test_words_are_counted_by_what_happened_to_them():
    found = compare_texts("Weak ties are many.", "Weak ties are strong, and they are many.")

    assert (found.words_added, found.words_removed) == (4, 0)


def test_a_lost_end_of_line_is_shown():
    (first, second) = compare_texts("One\nTwo", "One Two").lines

    assert [(piece.kind, piece.text) for piece in first.pieces] == [
        ("unchanged", "One"),
        ("removed", "¶"),
    ]
    assert [(piece.kind, piece.text) for piece in second.pieces] == [
        ("added", " "),
        ("unchanged", "Two"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("One.\n\nTwo.", "One.\n\n\nTwo.", [("added", "¶")]),
        ("One.\n", "One.", [("removed", "¶")]),
        ("One.  \nTwo.", "One.\nTwo.", [("removed", "  ")]),
    ],
)
def test_a_change_of_blanks_alone_is_shown(old, new, shown):
    lines = compare_texts(old, new).lines

    changed = [piece for line in lines for piece in line.pieces if not piece.is_unchanged]
    assert [(piece.kind, piece.text) for piece in changed] == shown


@given(WORDS, WORDS)
def test_a_line_knows_where_it_begins_in_each_text(old, new):
    for line in compare_texts(old, new).lines:
        before = "".join(p.text for p in line.pieces if p.kind != "added").removesuffix("¶")
        after = "".join(p.text for p in line.pieces if p.kind != "removed").removesuffix("¶")

        assert old.startswith(before, line.old)
        assert new.startswith(after, line.new)


def test_what_is_far_from_every_change_can_be_folded():
    lines = [f"Line {number} stands." for number in range(9)]
    changed = [*lines[:4], "Line 4 changed.", *lines[5:]]

    difference = compare_texts("\n\n".join(lines), "\n\n".join(changed))
    stretches = stretches_of(difference.lines)

    assert [(s.is_far, len(s.lines)) for s in stretches] == [(True, 3), (False, 3), (True, 3)]


def _random(letters, seed):
    return "".join(random.Random(seed).choices(letters, k=LIMIT))


def _shuffled(parts, by):
    moved = list(parts)
    random.Random(3).shuffle(moved)
    return by.join(parts)[:LIMIT], by.join(moved)[:LIMIT]


HOSTILE = {
    "two letters": (_random("ab ", 1), _random("ab ", 2)),
    "signs": (_random(".,;:!?", 1), _random(".,;:!?", 2)),
    "short lines": (_random("ab\n", 1), _random("ab\n", 2)),
    "empty lines": ("\n" * LIMIT, "a\n" * (LIMIT // 2)),
    "words in another order": _shuffled([f"w{number}" for number in range(9000)], " "),
    "lines in another order": _shuffled([f"w{number}" for number in range(9000)], "\n"),
    "signs that stand once": _shuffled([chr(0x4E00 + number) for number in range(20_000)], "."),
    "every word twice": (
        " ".join(str(number // 2) for number in range(12_000)),
        " ".join(sorted(str(number // 2) for number in range(12_000))),
    ),
    "shifted by one": (" a" * (LIMIT // 2), "a " * (LIMIT // 2)),
}


@pytest.mark.parametrize("recipe", HOSTILE)
def test_no_pair_of_texts_takes_long(recipe):
    """The worst of these takes a quarter of a second; a quadratic reading takes minutes."""
    old, new = HOSTILE[recipe]
    began = time.process_time()

    found = compare_texts(old, new)
    stretches = stretches_of(found.lines)

    assert time.process_time() - began < 4
    assert stretches
    assert (found.old, found.new) == (old, new)


def test_pairs_that_share_a_budget_are_compared_no_longer_than_one():
    budget = Budget(cells=0)

    difference = compare_texts("One two three.", "Four two five.", budget)

    assert (difference.old, difference.new) == ("One two three.", "Four two five.")
    assert budget.left == 0
