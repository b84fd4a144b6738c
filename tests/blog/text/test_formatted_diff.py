"""Two rendered texts: their words decide what is added; what else differs is said beside them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.text import formatted_diff, render_post
from blog.text.diff import Budget
from blog.text.format_names import format_name
from blog.text.formatted_diff import compare_formatted
from blog.text.formatting import formatted_text, source_text
from tests.blog.text.test_formatting import text_of
from tests.examples import examples


def compared(old, new):
    return compare_formatted(text_of(old), text_of(new))


def written(difference):
    """Write a difference down as ``unchanged [-removed-]{+added+}``, a line each."""
    shapes = {"unchanged": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "\n".join(
        "".join(shapes[piece.kind].format(piece.text) for piece in line.pieces)
        for line in difference.lines
    )


def formats_of(difference):
    """Return the names of the formats that were lost and gained, line by line."""
    return [
        (sorted(map(format_name, line.lost)), sorted(map(format_name, line.gained)))
        for line in difference.lines
        if line.lost or line.gained
    ]


TABLE = "| A | B |\n|--|--|\n| 1 | {} |"
NOTE = "A tie[^1].\n\n[^1]: {}"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("A one.\n\nB two.\n\nC three.", "B two.\n\nC three.\n\nA one.",
         "[-A one.-]\nB two.\nC three.\n{+A one.+}"),
        ("So [@g, p. 12].", "So [@g, p. 13].", "So (Granovetter, 1973, p. [-12-]{+13+})."),
        (TABLE.format("2"), TABLE.format("3"), "A │ B\n1 │ [-2-]{+3+}"),
        (NOTE.format("It is weak."), NOTE.format("It is strong."),
         "A tie[footnote].\nIt is [-weak-]{+strong+}."),
        ("A one[^1].\n\nB.\n\n[^1]: One.", "A[^2] one[^1].\n\nB.\n\n[^1]: One.\n[^2]: Two.",
         "A{+[footnote]+} one[footnote].\nB.\n{+Two.+}\nOne."),
        ("![A map](picture:{})".format("a1" * 16), "![A plan](picture:{})".format("a1" * 16),
         "[Picture: A [-map-]{+plan+}]"),
        ("One. Two.", "One.\n\nTwo.", "One.[- -]{+¶+}\nTwo."),
        ("- one\n- two", "- one\n- and\n- two", "one\n{+and+}\ntwo"),
        ("```\na\nb\n```", "```\na\n\nb\n```", "a\n{+¶+}\nb"),
        ("So it is.", "So it is.\n\n---\n\nOn.", "So it is.\n{+———+}\n{+On.+}"),
    ],
)  # fmt: skip
def test_words_that_differ_are_added_and_removed(old, new, shown):
    found = compared(old, new)

    assert written(found) == shown
    assert not found.has_same_words


@pytest.mark.parametrize(
    ("old", "new", "formats"),
    [
        ("A tie.", "A **tie**.", [([], ["bold"])]),
        ("A *tie*.", "A **tie**.", [(["italic"], ["bold"])]),
        ("A [tie](https://a.org).", "A [tie](https://b.org).",
         [(["link to https://a.org"], ["link to https://b.org"])]),
        ("Ties", "## Ties", [([], ["heading"])]),
        ("# A\n\n# Ties", "# A\n\n## Ties", [(["heading"], ["small heading"])]),
        ("- a", "1. a", [(["list"], ["numbered list"])]),
        ("- a\n\n  b", "- a\n\n- b", [([], ["list item"])]),
        ("One\\\ntwo", "One\n\ntwo", [(["line break"], [])]),
        ("(Granovetter, 1973)", "[@g]", [([], ["citation of “g”"])]),
        ("| A |\n|--|\n| 1 |", "| A |\n|-:|\n| 1 |",
         [(["table heading"], ["table heading, aligned right"]),
          (["table cell"], ["table cell, aligned right"])]),
        ("`a`", "```\na\n```", [(["code"], ["code block"])]),
    ],
)  # fmt: skip
def test_formats_that_differ_are_named_and_add_no_word(old, new, formats):
    found = compared(old, new)

    assert formats_of(found) == formats
    assert found.has_same_words
    assert not found.is_empty


def test_formats_that_differ_beside_changed_words_are_named():
    found = compared("A *weak* tie.", "A weak and old tie.")

    assert written(found) == "A weak {+and old +}tie."
    assert formats_of(found) == [(["italic"], [])]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One.\n\nTwo.", "One.\n\n\n\nTwo."),
        ("One two.", "One\ntwo."),
        ("*One*", "_One_"),
        ("**One**", "<b>One</b>"),
        ("[One](https://a.org)", "[One][1]\n\n[1]: https://a.org"),
        ("One[^1].\n\n[^1]: A.", "One[^a].\n\n[^a]: A."),
        ("- a\n- b", "* a\n* b"),
    ],
)
def test_two_ways_to_type_the_same_do_not_differ(old, new):
    assert compared(old, new).is_empty
    assert not compare_formatted(source_text(old), source_text(new)).is_empty


def test_lines_that_are_formatted_in_another_way_are_not_folded():
    lines = [f"Paragraph {number}." for number in range(9)]
    changed = [*lines[:4], "*Paragraph* 4.", *lines[5:]]

    found = compared("\n\n".join(lines), "\n\n".join(changed))

    assert [(s.is_far, len(s.lines)) for s in found.stretches] == [(True, 3), (False, 3), (True, 3)]


def test_more_lines_than_a_page_can_hold_are_one(monkeypatch):
    monkeypatch.setattr(formatted_diff, "MAX_LINES", 2)

    found = compared("One.\n\nTwo.\n\n*Three.*", "One.\n\nTwo.\n\nAnd three.\n\nThree.")

    assert written(found) == "One.\nTwo.\n{+And three.\n+}Three.\n"
    assert formats_of(found) == [(["italic"], [])]


PARTS = [
    *("word", "tie", " ", "\n", "\n\n", "*", "**", "_", "# ", "- ", "1. ", "> ", "| ", "`", "~~"),
    *("[a](https://a.org)", "[@g]", "[@g, p. 2]", "<b>b</b>", "  \n", "---", "    ", "|--|\n"),
    *("[^1]", "\n\n[^1]: note", "![map](picture:{})".format("a1" * 16)),
]
SOURCES = st.lists(st.sampled_from(PARTS), max_size=25).map("".join)


@given(SOURCES, SOURCES)
@settings(max_examples=examples(100))
def test_words_differ_where_something_is_added_or_removed_and_nowhere_else(old, new):
    before, after = text_of(old), text_of(new)

    found = compare_formatted(before, after)

    changed = [p for line in found.lines for p in line.pieces if not p.is_unchanged]
    assert (before.words == after.words) == found.has_same_words == (not changed)
    assert (found.words.old, found.words.new) == (before.words, after.words)


@given(SOURCES)
def test_a_text_does_not_differ_from_itself(source):
    assert compared(source, source).is_empty


@given(SOURCES, SOURCES)
def test_every_change_of_the_source_is_in_its_difference(old, new):
    found = compare_formatted(source_text(old), source_text(new))

    assert found.is_empty == (old == new)
    assert any(not line.is_unchanged for line in found.lines) == (old != new)


def test_a_difference_draws_on_its_budget():
    budget = Budget(cells=0)

    found = compare_formatted(
        *(formatted_text(render_post(source).html) for source in ("One *two*.", "Four *five*.")),
        budget,
    )

    assert written(found) == "[-One two-]{+Four five+}."
