"""The scaffold of a reflection: it is there to write under, and gone when the text is read."""

from hypothesis import given
from hypothesis import strategies as st

from blog.text import render_post
from blog.text.scaffold import scaffold, strip_scaffold

OURS = [line for line in scaffold().split("\n") if line]
HEADINGS, ASIDES = OURS[::2], OURS[1::2]
WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).filter(
    lambda line: line.strip() and line.strip()[0] not in "#>`~"
)


def filled(*sections):
    """Write each of the sections under one of the three questions."""
    parts = zip(HEADINGS, ASIDES, sections, strict=True)
    return "\n\n".join(f"{heading}\n\n{aside}\n\n{words}" for heading, aside, words in parts)


def test_the_scaffold_asks_three_questions_under_three_headings():
    assert HEADINGS == ["## What?", "## So what?", "## Now what?"]
    assert [aside[:3] + aside[-1] for aside in ASIDES] == ["> **"] * 3


def test_an_untouched_scaffold_dissolves_to_nothing():
    assert strip_scaffold(scaffold()).strip() == ""


def test_what_was_written_stays_under_its_heading():
    text = filled("I met a stranger.", "", "I will say hello.")

    assert strip_scaffold(text) == (
        "## What?\n\nI met a stranger.\n\n## Now what?\n\nI will say hello."
    )


def test_a_changed_question_is_the_writers_own():
    text = "## What?\n\n> *What happened to me?*\n"

    assert strip_scaffold(text) == text


def test_words_on_the_line_after_a_question_stay():
    text = f"{HEADINGS[0]}\n{ASIDES[0]}\nIt rained.\n{HEADINGS[1]}"

    assert strip_scaffold(text) == f"{HEADINGS[0]}\nIt rained."


def test_a_smaller_heading_is_something_written():
    text = "## What?\n\n### The rain\n\nIt rained."

    assert strip_scaffold(text) == text


def test_code_that_shows_the_scaffold_is_left_alone():
    text = f"```\n{scaffold()}```"

    assert strip_scaffold(text) == text


@given(st.lists(WORDS, min_size=3, max_size=3))
def test_no_word_of_the_writer_is_lost_and_none_of_ours_stays(sections):
    left = strip_scaffold(filled(*sections))

    assert [line for line in left.split("\n") if line.strip()] == [
        line for pair in zip(HEADINGS, sections, strict=True) for line in pair
    ]


@given(st.text(max_size=200))
def test_any_other_text_comes_back_as_it_was(text):
    assert strip_scaffold(text) == text


@given(st.lists(st.sampled_from([*OURS, "", "words", "```", "### more", "> said"]), max_size=12))
def test_dissolving_again_changes_nothing_more(lines):
    once = strip_scaffold("\n".join(lines))

    assert strip_scaffold(once) == once


def test_a_question_dissolves_from_the_words_counted_too():
    text = filled("One two three.", "Four.", "")

    assert render_post(strip_scaffold(text)).words == 4
