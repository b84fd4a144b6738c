"""Gradings, places in the grading queue, and what a student sees of them."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.models import AuditEvent, Grading
from tests import factories

POST, COMMENTS = Grading.Kind.POST, Grading.Kind.COMMENTS


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, prompt=prompt)


@pytest.fixture
def grading(post, instructor):
    return factories.make_grading(post, instructor)


def refused(make, *args, **fields):
    """Return whether the database refuses a row."""
    try:
        with transaction.atomic():
            make(*args, **fields)
    except IntegrityError:
        return True
    return False


def test_a_grading_is_of_a_known_kind(post, instructor):
    assert refused(factories.make_grading, post, instructor, kind="effort")
    assert not refused(factories.make_grading, post, instructor, kind=COMMENTS)


def test_a_grader_grades_a_student_once_for_each_kind(post, grading, instructor):
    assert refused(factories.make_grading, post, instructor, kind=POST, of_record=False)
    assert not refused(factories.make_grading, post, instructor, kind=COMMENTS, of_record=False)


def test_there_is_one_grade_of_record_for_each_kind(post, grading, assistant):
    assert refused(factories.make_grading, post, assistant, kind=POST)
    assert not refused(factories.make_grading, post, assistant, kind=POST, of_record=False)
    assert not refused(factories.make_grading, post, assistant, kind=COMMENTS)


def test_only_a_grade_of_record_is_released(post, assistant):
    now = timezone.now()

    assert refused(factories.make_grading, post, assistant, of_record=False, released_at=now)
    assert not refused(factories.make_grading, post, assistant, released_at=now)


def test_a_grade_is_its_students_from_its_release_on(grading, ada, instructor):
    seen = {}
    for when in (None, timedelta(minutes=1), -timedelta(minutes=1)):
        Grading.objects.update(released_at=when and timezone.now() + when)
        seen[when] = [Grading.objects.visible_to(reader).exists() for reader in (ada, instructor)]

    assert seen == {
        None: [False, True],
        timedelta(minutes=1): [False, True],
        -timedelta(minutes=1): [True, True],
    }


def test_released_leaves_out_what_is_released_later(grading):
    Grading.objects.update(released_at=timezone.now() + timedelta(minutes=1))

    assert not Grading.objects.released().exists()


def test_other_points_have_a_reason(post, assistant):
    assert refused(factories.make_grading, post, assistant, override_hundredths=50)
    assert not refused(
        factories.make_grading, post, assistant, override_hundredths=50, override_reason="Agreed."
    )


def test_only_a_grade_of_record_is_chosen(post, assistant):
    assert refused(factories.make_grading, post, assistant, of_record=False, is_chosen=True)
    assert not refused(factories.make_grading, post, assistant, is_chosen=True)


def test_only_a_released_grade_is_edited_or_has_a_released_rubric(post, course, assistant):
    now, rubric = timezone.now(), factories.make_rubric(course)

    assert refused(factories.make_grading, post, assistant, edited_at=now)
    assert refused(factories.make_grading, post, assistant, released_rubric=rubric)
    assert not refused(
        factories.make_grading,
        post,
        assistant,
        released_at=now,
        edited_at=now,
        released_rubric=rubric,
    )


def test_older_grades_are_filled_in_with_edits_and_choices(
    course, post, bob, instructor, assistant
):
    now = timezone.now()
    edited = factories.make_grading(
        post, instructor, released_at=now - timedelta(days=1), updated_at=now
    )
    second = factories.make_grading(post, assistant, of_record=False)
    other = factories.make_post(bob, course, prompt=post.prompt)
    unedited = factories.make_grading(other, instructor, released_at=now, updated_at=now)
    for grading in (edited, second):
        AuditEvent.record("grade_chosen", grading, by=instructor, course=course)

    migration = import_module("blog.migrations.0003_edited_and_chosen_grades")
    migration.fill_in(apps, None)

    fields = ("pk", "edited_at", "is_chosen")
    assert list(Grading.objects.order_by("pk").values_list(*fields)) == [
        (edited.pk, now, True),
        (second.pk, None, False),
        (unedited.pk, None, False),
    ]


def test_older_releases_are_filled_in_with_their_rubric(course, prompt, instructor):
    old, new = factories.make_rubric(course, "Old"), factories.make_rubric(course, "New")
    prompt.rubric = new
    prompt.save()

    def released(level, **fields):
        student = factories.make_user()
        factories.add_member(course, student)
        post = factories.make_post(student, course, prompt=prompt)
        return factories.make_grading(post, instructor, level=level, **fields)

    now = timezone.now()
    complete = released(3, released_at=now, released_rubric=None)
    in_words = released(None, released_at=now, released_rubric=None)
    begun = released(3, released_at=now, released_rubric=None)
    begun.scores.last().delete()
    earlier = released(3, released_at=now, released_rubric=old)
    waiting = released(3)

    migration = import_module("blog.migrations.0007_rubrics_of_released_grades")
    migration.fill_in(apps, None)

    assert dict(Grading.objects.values_list("pk", "released_rubric")) == {
        complete.pk: new.pk,
        in_words.pk: None,
        begun.pk: None,
        earlier.pk: old.pk,
        waiting.pk: None,
    }

    migration.take_out(apps, None)
    complete.refresh_from_db()
    assert complete.released_rubric is None
