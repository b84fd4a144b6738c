"""Rows of moderation that the database refuses."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from blog.models import ModerationCase, ModerationEvent
from tests import factories


@pytest.fixture
def case(ada, course, instructor):
    return factories.make_case(factories.make_post(ada, course), by=instructor)


def test_an_event_cannot_be_changed(case):
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        ModerationEvent.objects.filter(case=case).update(text="Something else.")

    assert case.events.get().text == "Name the text."


def test_a_case_is_about_a_post_or_a_comment(case, bob):
    comment = factories.make_comment(bob, case.post)
    for wrong in ({}, {"post": factories.make_post(bob, case.course), "comment": comment}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ModerationCase.objects.create(course=case.course, **wrong)


def test_a_post_has_one_case(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationCase.objects.create(course=case.course, post=case.post)
