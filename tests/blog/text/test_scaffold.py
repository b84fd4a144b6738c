"""The scaffold of a reflection: it helps to write, and is stripped from the rendered text."""

from hypothesis import given
from hypothesis import strategies as st

from blog.text import render_post
from blog.text.scaffold import scaffold, strip_scaffold

OURS = [line for line in scaffold().split("\n") if line]
HEADINGS, QUESTIONS = OURS[::2], OURS[1::2]
WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).filter(
    lambda line: line.strip() and line.strip()[0] not in "#>`~"
)


def filled(*sections):
    """Write each of the sections under one of the three questions."""
    parts = zip(HEADINGS, QUESTIONS, sections, strict=True)
    return "\n\n".join(f"{heading}\n\n{question}\n\n{words}" for heading, question, words in parts)


def test_the_scaffold_asks_three_questions_under_three_headings():
    assert HEADINGS == ["## What?", "## So what?", "## Now what?"]
    assert [question[:3] + question[-1] for question in QUESTIONS] == ["> **"] * 3


def test_an_untouched_scaffold_is_stripped():
    assert strip_scaffold(scaffold()).strip() == ""


def test_what_was_written_stays_under_its_heading():
    text = filled("I met a stranger.", "", "I will say hello.")

    assert strip_scaffold(text) == (
        "## What?\n\nI met a stranger.\n\n## Now what?\n\nI will say hello."
    )


def test_a_changed_question_stays():
    text = "## What?\n\n> *What happened to me?*\n"

    assert strip_scaffold(text) == text


def test_words_on_the_line_after_a_question_stay():
    text = f"{HEADINGS[0]}\n{QUESTIONS[0]}\nIt rained.\n{HEADINGS[1]}"

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
def test_stripping_again_changes_nothing_more(lines):
    once = strip_scaffold("\n".join(lines))

    assert strip_scaffold(once) == once


def test_the_questions_are_not_counted_as_words():
    text = filled("One two three.", "Four.", "")

    assert render_post(strip_scaffold(text)).words == 4
