"""Feedback in notes on paragraphs: what is about which, and nothing of it lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text import render_comment
from blog.text.feedback_notes import link_paragraphs, split_feedback


def notes_of(text, last=5):
    html = render_comment(text).html
    notes = split_feedback(html, last)
    assert "".join(note.html for note in notes) == html
    return [(note.paragraph, note.html.strip().replace(' dir="auto"', "")) for note in notes]


def test_a_block_that_begins_with_a_paragraph_number_is_a_note_on_it():
    notes = notes_of("A clear start.\n\n¶3: Say who.\n\nOn ¶4, more.\n\nRead on.\n\nAnd on.")

    assert notes == [
        (None, "<p>A clear start.</p>"),
        (3, "<p>¶3: Say who.</p>"),
        (4, "<p>On ¶4, more.</p>"),
        (None, "<p>Read on.</p>\n<p>And on.</p>"),
    ]


def test_a_list_after_a_note_belongs_to_it():
    notes = notes_of("¶2 needs two things:\n\n- a source\n- a date\n\nWell done.")

    assert [number for number, _html in notes] == [2, None]
    assert "a date" in notes[0][1]


@pytest.mark.parametrize(
    "text", ["Of ¶3 I liked the end.", "¶9 is too far.", "¶0", "`¶3` is code."]
)
def test_other_numbers_begin_no_note(text):
    assert [number for number, _html in notes_of(text)] == [None]


def test_no_feedback_has_no_notes():
    assert split_feedback("", 5) == []


def test_numbers_of_paragraphs_are_linked_outside_links_and_code():
    html = '<p>¶3, ¶ 4 and <code>¶1</code>, <a href="/x">¶2</a>, ¶9, a¶1.</p>'

    linked = link_paragraphs(html, 5, "/c/x/posts/y/history/1/")

    assert linked == (
        '<p><a href="/c/x/posts/y/history/1/#p3">¶3</a>, '
        '<a href="/c/x/posts/y/history/1/#p4">¶4</a> and <code>¶1</code>, '
        '<a href="/x">¶2</a>, ¶9, a¶1.</p>'
    )


@given(st.text(alphabet="¶12 \nOn-*>`a", max_size=60))
def test_nothing_of_feedback_is_lost(text):
    html = render_comment(text).html

    assert "".join(note.html for note in split_feedback(html, 3)) == html
