"""A course is erased on its day, with all that has a way to it, and nothing else is touched."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import connection

from blog.models import (
    AuditEvent,
    Course,
    IdempotencyKey,
    Launch,
    OutboxMessage,
    Takeout,
)
from blog.signals import course_erased
from blog.tasks import erase_hidden_courses, hide_courses_to_erase
from blog.tasks.erased_courses import DOORS, PARTS
from tests import factories
from tests.action_world import ROLES, make_cast, make_people
from tests.full_course import OUTLIVES, fill, keys_of, let_its_day_come, models_of_course
from tests.written import snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

# Rows that name a course by a word or a number in them, and files of all courses of a person.
NAMED = (AuditEvent, IdempotencyKey, Launch, LogEntry, OutboxMessage, Takeout)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def two_courses(media):
    """Return two courses of the same people, with a row of everything in each."""
    course, cast = make_cast()
    people = make_people(course, cast)
    twin = factories.make_course("twin", instructor=people["instructor"])
    for role in ("observer", "peer", "owner", "assistant", "removed"):
        there = course.memberships.get(user=people[role])
        factories.add_member(twin, people[role], there.role, ended_at=there.ended_at)
    Course.objects.filter(pk=course.pk).update(slug="zqnetworks", title="Zqnetworks")
    course.refresh_from_db()
    fill(course, people)
    fill(twin, people)
    assert set(people) == set(ROLES)
    return course, twin


def erase(course, django_capture_on_commit_callbacks):
    let_its_day_come(course)
    with django_capture_on_commit_callbacks(execute=True):
        hidden = hide_courses_to_erase()
        erased = erase_hidden_courses()
    assert (hidden, erased) == (1, 1)


def rows():
    """Return all rows of all tables that have a model, by it and by key."""
    return {
        model: {row["pk"]: row for row in model._base_manager.values("pk", *columns(model))}
        for model in apps.get_models(include_auto_created=True)
    }


def columns(model):
    return [field.attname for field in model._meta.concrete_fields]


def files():
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_every_model_with_a_way_to_a_course_is_erased_with_it():
    """Also one that is new: whoever adds it says in which order its rows can go."""
    told = {part.model for part in (*DOORS, *PARTS)} | {
        below for part in PARTS for below, _path in part.below
    }
    course = Course(pk=1)
    for _receiver, querysets in course_erased.send(sender=Course, course=course):
        told |= {queryset.model for queryset in querysets}
    with_files = {apps.get_model("blog", "WordPressImport")}

    assert models_of_course() - told - with_files == set()
    assert OUTLIVES == {AuditEvent}


def test_no_row_and_no_file_of_it_is_left_and_all_others_stay(
    two_courses, django_capture_on_commit_callbacks
):
    course, twin = two_courses
    pk = course.pk
    own, of_twin = keys_of(pk), keys_of(twin.pk)
    assert {model for model, keys in own.items() if not keys} == set()
    assert {model for model, keys in of_twin.items() if not keys} == set()
    let_its_day_come(course)
    before, files_before = rows(), files()
    of_all_courses = Takeout.objects.filter(course=None)
    old_zips = {str(takeout.file) for takeout in of_all_courses}

    erase(course, django_capture_on_commit_callbacks)

    connection.check_constraints()
    after = rows()
    left = {model: keys & set(after[model]) for model, keys in own.items() if keys & set(after[model])}
    assert left == {}
    for model, found in before.items():
        if model not in NAMED:
            kept = {key: row for key, row in found.items() if key not in own.get(model, set())}
            assert after[model] == kept, model
    assert keys_of(pk) == {model: {pk} if model is Course else set() for model in own}
    assert keys_of(twin.pk) == of_twin
    gone = {name for name in files_before if name.startswith(f"pictures/{pk}/")}
    zips = {name for name in files_before if name.startswith("takeouts/")}
    of_twin = {str(one.file) for one in Takeout.objects.filter(course=twin)}
    assert len(gone) >= 4
    assert of_twin < zips
    assert old_zips < zips
    assert files() == files_before - gone - (zips - of_twin)
    assert not (Path(settings.MEDIA_ROOT) / "pictures" / str(pk)).exists()
    # Those of all courses are made again, without it.
    assert {(one.state, one.course) for one in of_all_courses.all()} == {("waiting", None)}


def test_what_names_it_by_a_word_or_a_number_goes_too(
    two_courses, django_capture_on_commit_callbacks
):
    course, twin = two_courses
    mails = OutboxMessage.objects.filter(key__startswith="of:")
    of_twin = mails.filter(key__startswith=f"of:{twin.pk}:")
    assert mails.count() == 2 * of_twin.count() == 20

    erase(course, django_capture_on_commit_callbacks)

    assert set(mails.all()) == set(of_twin.all())
    assert of_twin.count() == 10
    assert IdempotencyKey.objects.count() == 1
    assert Launch.objects.filter(deployment__courses=None, user=None).exists()
    found = {
        table: row for table, found in snapshot().items() for row in found if "zqnetworks" in row.lower()
    }
    assert set(found) == {"blog_auditevent"}
    assert "course_erased" in found["blog_auditevent"]
