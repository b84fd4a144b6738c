"""Memberships and the sections of a course."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.models import Notification, Section
from blog.models.memberships import SIGNS_OF_COURSE
from tests import factories


def test_a_section_name_is_used_once_in_a_course(course, eve):
    elsewhere = eve.memberships.get().course
    Section.objects.create(course=course, name="Monday")

    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(course=course, name="Monday")
    assert Section.objects.create(course=elsewhere, name="Monday").pk


def test_a_section_name_in_use_is_refused_in_words(course):
    Section.objects.create(course=course, name="Monday")

    with pytest.raises(ValidationError, match="This course already has a section with this name."):
        Section(course=course, name="Monday").full_clean()


def test_a_membership_outlives_its_section(course):
    section = Section.objects.create(course=course, name="Monday")
    membership = factories.add_member(course, factories.make_user(), section=section)

    section.delete()

    membership.refresh_from_db()
    assert membership.section is None


def test_a_membership_has_a_known_role(course):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.add_member(course, factories.make_user(), "auditor")


def test_a_name_is_withheld_only_where_that_is_chosen(course):
    assert factories.add_member(course, factories.make_user()).is_confidential is False


def confidential(course):
    factories.add_member(course, factories.make_user(), is_confidential=True)


def gated(course):
    factories.make_prompt(course, own_post_first=True)


def reported(course, *, deleted=""):
    """Report a post, or a comment where it or its post is deleted since."""
    post = factories.make_post(factories.make_user(), course)
    target = factories.make_comment(factories.make_user(), post) if "comment" in deleted else post
    factories.make_report(target, factories.make_user())
    gone = post if deleted.endswith("post") else target
    if deleted:
        type(gone).objects.filter(pk=gone.pk).update(deleted_at=timezone.now())


@pytest.mark.parametrize(
    ("happens", "signs"),
    [
        (lambda course: None, set()),
        (confidential, {"course_withholds_names"}),
        (gated, {"course_has_gates"}),
        (lambda course: factories.make_prompt(course), set()),
        (reported, {"course_has_cases", "course_case_waits"}),
        (lambda course: reported(course, deleted="post"), {"course_has_cases"}),
        (lambda course: reported(course, deleted="comment"), {"course_has_cases"}),
        (lambda course: reported(course, deleted="comment's post"), {"course_has_cases"}),
    ],
    ids=[
        "nothing",
        "a name withheld",
        "a gate",
        "a prompt without a gate",
        "a report",
        "a deleted post",
        "a deleted comment",
        "a comment on a deleted post",
    ],
)
def test_signs_of_a_course(course, ada, eve, happens, signs):
    happens(course)

    [of_ada] = ada.memberships.with_signs_of_course()
    [elsewhere] = eve.memberships.with_signs_of_course()

    assert {name for name in SIGNS_OF_COURSE if getattr(of_ada, name)} == signs
    assert not any(getattr(elsewhere, name) for name in SIGNS_OF_COURSE)


@pytest.mark.parametrize(
    ("fields", "is_news"),
    [
        ({}, True),
        ({"seen_at": timezone.now()}, False),
        ({"created_at": timezone.now() + timedelta(days=1)}, False),
    ],
    ids=["unseen", "seen", "of tomorrow"],
)
def test_news_is_what_its_reader_has_not_seen(course, ada, bob, fields, is_news):
    post = factories.make_post(ada, course)
    kind = Notification.Kind.GIVEN
    Notification.objects.create(
        reader=ada, course=course, event="post:1", kind=kind, post=post, **fields
    )

    assert ada.memberships.with_signs_of_course().get().has_news is is_news
    assert not bob.memberships.with_signs_of_course().get().has_news
