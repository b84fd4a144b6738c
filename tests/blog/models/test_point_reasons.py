"""Reasons for other points: each reader reads a code in their own language."""

import pytest

from blog.models import (
    IMPORTED_REASON,
    Grading,
    participation_reason,
    point_reasons,
    reason_in_words,
    stored_reason,
)
from tests import factories
from tests.submitted import fields_of


def test_the_reason_of_an_import_is_words_of_the_reader(monkeypatch):
    monkeypatch.setattr(
        point_reasons, "_", lambda text: {"Entered by your instructor.": "Da."}[text]
    )

    assert reason_in_words(IMPORTED_REASON) == "Da."
    assert stored_reason("Da.") == IMPORTED_REASON


@pytest.mark.parametrize(
    ("people", "has_post", "words"),
    [
        (0, False, "You commented on the posts of 0 people on time."),
        (1, False, "You commented on the post of 1 person on time."),
        (2, True, "You commented on the posts of 2 people on time. Your post was on time."),
        (20, True, "You commented on the posts of 20 people on time. Your post was on time."),
    ],
)
def test_the_reason_of_a_participation_grade_is_words_of_the_reader(
    people, has_post, words, monkeypatch
):
    code = participation_reason(people, has_post=has_post)

    assert reason_in_words(code) == words
    assert stored_reason(words) == code

    monkeypatch.setattr(point_reasons, "_", lambda text: "Ton article aussi.")
    monkeypatch.setattr(
        point_reasons, "ngettext", lambda one, many, n: "Tu as commenté %(people)d articles."
    )
    assert reason_in_words(code).startswith(f"Tu as commenté {people} articles.")
    assert reason_in_words(code).endswith("aussi.") is has_post


@pytest.mark.parametrize(
    "typed", ["=participation", "=participation 2 comments", "", "A talk", "Entered by hand."]
)
def test_what_a_grader_types_stays_as_it_is(typed):
    assert reason_in_words(typed) == stored_reason(typed) == typed


def test_the_desk_shows_the_words_and_changes_no_grade_by_them(
    client, ada, course, prompt, instructor
):
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(
        post, instructor, override_hundredths=650, override_reason=IMPORTED_REASON
    )
    client.force_login(instructor)
    address = factories.desk_address(post)
    page = client.get(address)
    version = Grading.objects.get().version

    client.post(address, fields_of(page, "revision"))

    assert 'value="Entered by your instructor."' in page.content.decode()
    grading = Grading.objects.get()
    assert (grading.override_reason, grading.version) == (IMPORTED_REASON, version)
