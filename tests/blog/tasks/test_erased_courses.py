"""A course is erased on its day, with all that has a way to it, and nothing else is touched."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from blog.actions.platform_courses import disconnect_course
from blog.models import (
    AuditEvent,
    Comment,
    Course,
    GradingEvent,
    IdempotencyKey,
    Launch,
    OutboxMessage,
    Passage,
    Post,
    Takeout,
    WordPressImport,
)
from blog.signals import course_erased
from blog.tasks import erase_hidden_courses, erased_courses, hide_courses_to_erase
from blog.tasks.course_dates import tell_again_of_erasing
from blog.tasks.erased_courses import DOORS
from tests import factories
from tests.action_world import ROLES, make_cast, make_people
from tests.factories import platforms
from tests.full_course import (
    fill,
    keys_of,
    let_its_day_come,
    make_old_event,
    models_of_course,
)
from tests.threads import at_once
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
    platform = course.platform_courses.get().platform  # of which both have a course
    shared = factories.make_platform_course(twin, people["instructor"], platform)
    factories.make_launch(people["peer"], platform, context_id=shared.context_id)
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


def forgotten_models():
    """Return the models from which links lead to a course, and that are not erased with it."""
    parts = (*DOORS, *erased_courses.PARTS)
    told = {part.model for part in parts} | {WordPressImport}  # whose files go first
    told |= {below for part in parts for below, _path in part.below}
    for _receiver, querysets in course_erased.send(sender=Course, course=Course(pk=1)):
        told |= {queryset.model for queryset in querysets}
    return models_of_course() - told


def test_every_model_with_a_way_to_a_course_is_erased_with_it(monkeypatch):
    """Also one that is new: whoever adds it says in which order its rows can go."""
    assert forgotten_models() == set()
    parts = [part for part in erased_courses.PARTS if part.model is not Passage]
    monkeypatch.setattr(erased_courses, "PARTS", parts)

    assert forgotten_models() == {Passage}


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
    left = {model: keys & set(after[model]) for model, keys in own.items()}
    assert {model: keys for model, keys in left.items() if keys} == {}
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
    assert mails.count() == 2 * of_twin.count() == 22
    context = course.platform_courses.get().context_id

    erase(course, django_capture_on_commit_callbacks)

    assert set(mails.all()) == set(of_twin.all())
    assert of_twin.count() == 11
    assert IdempotencyKey.objects.count() == 1
    there = [connected.context_id for connected in twin.platform_courses.all()]
    assert Launch.objects.filter(context_id__in=there).count() == 2
    assert not Launch.objects.filter(context_id=context).exists()
    named = {
        (table, row)
        for table, found in snapshot().items()
        for row in found
        if "zqnetworks" in row.lower()
    }
    [(table, row)] = named
    assert (table, "course_erased" in row) == ("blog_auditevent", True)


@pytest.fixture
def graded(course, ada, instructor, media):
    """Return a course with a grade that has a history, and a picture."""
    post = factories.make_post(ada, course, prompt=factories.make_prompt(course))
    grading = factories.make_grading(post, instructor)
    make_old_event(grading, instructor)
    factories.make_comment(instructor, factories.make_picture(post).post)
    return course


def forge(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


DELETE_HISTORY = "DELETE FROM blog_gradingevent"


@pytest.mark.parametrize(
    "course_is",
    [
        {},
        {"erasing_since": None},
        {"erased_on": None},
        {"erased_on": timedelta(days=2)},  # tomorrow it is somewhere already
        {"ends_on": timedelta(days=-364)},
        {"erased_on": timedelta(days=-10), "ends_on": timedelta(days=-374)},
    ],
)
def test_the_database_lets_the_history_of_grades_go_with_its_course_alone(graded, course_is):
    """Whatever program asks: not while anybody can see the course, nor within a year."""
    let_its_day_come(graded)
    changed = {"erasing_since": timezone.now()} if course_is else {}
    for name, value in course_is.items():
        is_day = isinstance(value, timedelta)
        changed[name] = timezone.now().date() + value if is_day else value
    Course.objects.filter(pk=graded.pk).update(**changed)

    with pytest.raises(DatabaseError, match="only ever added"):
        forge(DELETE_HISTORY)

    assert GradingEvent.objects.count() == 1


def test_one_course_lets_go_of_no_history_but_its_own(graded, instructor, ada):
    other = factories.make_course("other", instructor=instructor)
    post = factories.make_post(ada, other, prompt=factories.make_prompt(other))
    event = make_old_event(factories.make_grading(post, instructor), instructor)
    let_its_day_come(graded)
    hide_courses_to_erase()

    with pytest.raises(DatabaseError, match="only ever added"):
        forge(DELETE_HISTORY)
    forge(f"{DELETE_HISTORY} WHERE prompt_id <> %s", post.prompt_id)

    assert GradingEvent.objects.get() == event
    for statement in ("UPDATE blog_gradingevent SET grading_id = 0", DELETE_HISTORY):
        with pytest.raises(DatabaseError, match="only ever added"):
            forge(statement)


def stop_after(monkeypatch, pieces):
    """Stop a tick after so many pieces, as it would at any moment."""
    left, delete = iter(range(pieces)), erased_courses._delete_piece

    def dying(*args):
        if next(left, None) is None:
            raise SystemExit
        return delete(*args)

    monkeypatch.setattr(erased_courses, "_delete_piece", dying)
    with pytest.raises(SystemExit):
        erase_hidden_courses()
    monkeypatch.undo()


def test_a_later_tick_finishes_what_one_has_begun(two_courses, monkeypatch):
    course, twin = two_courses
    of_twin = keys_of(twin.pk)
    monkeypatch.setattr(erased_courses, "PIECE", 2)
    let_its_day_come(course)
    hide_courses_to_erase()
    pieces, posts = 0, Post.objects.in_course(course)
    for pieces in (1, 5, 11, 40):
        with monkeypatch.context() as patch:
            stop_after(patch, pieces)
        connection.check_constraints()
        assert not posts.filter(deleted_at=None).exists()
        assert not course.memberships.exists()

    assert erase_hidden_courses() == 1

    assert not Course.objects.filter(pk=course.pk).exists()
    assert keys_of(twin.pk) == of_twin
    assert AuditEvent.objects.filter(action="course_erased").count() == 1


def test_a_reply_that_has_a_lower_key_than_what_it_answers_goes_first(graded, ada, monkeypatch):
    monkeypatch.setattr(erased_courses, "PIECE", 1)
    first, second = (factories.make_comment(ada, Post.objects.get()) for _each in range(2))
    Comment.objects.filter(pk=first.pk).update(parent=second)
    let_its_day_come(graded)
    hide_courses_to_erase()

    assert erase_hidden_courses() == 1

    connection.check_constraints()


def test_a_tick_stops_in_time_and_the_next_goes_on(graded, monkeypatch):
    let_its_day_come(graded)
    hide_courses_to_erase()
    monkeypatch.setattr(erased_courses, "SECONDS_PER_TICK", -1)
    ticks = 0
    while not erase_hidden_courses():
        ticks += 1
        assert ticks < 50

    assert ticks > 5
    assert not Course.objects.exists()


def test_a_file_that_cannot_be_deleted_is_tried_again(graded, instructor, monkeypatch, media):
    """Nobody sees the course meanwhile, and another course does not wait for it."""
    other = factories.make_course("other", instructor=instructor)
    for course in (graded, other):
        let_its_day_come(course)
    assert hide_courses_to_erase() == 2
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", Mock(side_effect=OSError("read-only")))

        with pytest.raises(OSError, match="read-only"):
            erase_hidden_courses()

    assert list(Course.objects.all()) == [graded]
    assert not Post.objects.exists()
    assert len(files()) == 2

    assert erase_hidden_courses() == 1

    assert files() == set()
    assert not Course.objects.exists()


def test_a_picture_that_no_row_names_goes_too(graded, media):
    """Whoever uploaded it died before its row was saved."""
    (media / "pictures" / str(graded.pk) / "unnamed.webp").write_bytes(b"a map")
    let_its_day_come(graded)
    hide_courses_to_erase()
    erase_hidden_courses()

    assert files() == set()


def test_two_ticks_at_once_erase_it_once(graded, monkeypatch):
    let_its_day_come(graded)
    assert (hide_courses_to_erase(), hide_courses_to_erase()) == (1, 0)
    delete_files, others = erased_courses._delete_files, []

    def meanwhile(course):
        monkeypatch.setattr(erased_courses, "_delete_files", delete_files)
        others.append(erase_hidden_courses())
        delete_files(course)

    monkeypatch.setattr(erased_courses, "_delete_files", meanwhile)

    assert (erase_hidden_courses(), others) == (0, [1])
    assert AuditEvent.objects.filter(action="course_erased").count() == 1
    assert erase_hidden_courses() == 0


@pytest.mark.django_db(transaction=True)
def test_ticks_that_run_at_the_same_moment_share_the_work(graded, monkeypatch):
    monkeypatch.setattr(erased_courses, "PIECE", 1)
    let_its_day_come(graded)
    hidden, erased = [], []

    at_once(*[lambda: hidden.append(hide_courses_to_erase())] * 3)
    at_once(*[lambda: erased.append(erase_hidden_courses())] * 3)

    assert (sorted(hidden), sorted(erased)) == ([0, 0, 1], [0, 0, 1])
    connection.check_constraints()
    assert AuditEvent.objects.filter(action="course_erased").count() == 1


def test_what_somebody_wrote_as_it_was_hidden_goes_too(graded, ada, monkeypatch):
    """Who had passed the door is let through to the end; no row and no file of it stays."""
    let_its_day_come(graded)
    hide_courses_to_erase()
    delete_files = erased_courses._delete_files

    def meanwhile(course):
        monkeypatch.setattr(erased_courses, "_delete_files", delete_files)
        delete_files(course)
        factories.add_member(course, ada)
        late = factories.make_post(ada, course, prompt=factories.make_prompt(course))
        factories.make_comment(ada, late)
        factories.make_picture(late)
        assert len(files()) == 2

    monkeypatch.setattr(erased_courses, "_delete_files", meanwhile)

    assert erase_hidden_courses() == 1

    connection.check_constraints()
    assert {model for model, keys in keys_of(graded.pk).items() if keys} == {Course}
    assert not Course.objects.exists()
    assert files() == set()


def test_its_record_has_its_key_and_address_and_how_much_it_was(graded, ada):
    people = graded.memberships.count()
    let_its_day_come(graded)
    hide_courses_to_erase()
    erase_hidden_courses()

    [came, erased] = AuditEvent.objects.filter(target=f"course:{graded.pk}").order_by("pk")
    assert (came.action, came.data["field"], came.course) == ("course_date_came", "erased_on", None)
    assert (erased.action, erased.actor, erased.course) == ("course_erased", None, None)
    assert erased.data == {"slug": "networks", "people": people, "posts": 1, "comments": 1}


def test_tick_does_it(graded, capsys):
    let_its_day_come(graded)

    call_command("tick")

    said = capsys.readouterr().out
    assert "Courses hidden, to be erased: 1" in said
    assert "Courses erased: 1" in said
    assert not Course.objects.exists()


def test_a_last_day_that_a_restore_brought_back_moves_the_day_and_hides_nothing(graded):
    let_its_day_come(graded)
    last = graded.ends_on + timedelta(days=30)
    Course.objects.filter(pk=graded.pk).update(ends_on=last)

    call_command("tick")

    graded.refresh_from_db()
    assert (graded.erasing_since, graded.erased_on) == (None, last + timedelta(days=365))
    assert GradingEvent.objects.exists()


def test_after_a_restore_people_are_told_again_before_a_course_is_erased(graded):
    """The day may have been taken back since the backup, which says that they were told."""
    let_its_day_come(graded)
    closing = "closes_on 2026-01-31 7\n"
    Course.objects.filter(pk=graded.pk).update(dates_told=graded.dates_told + closing)

    tell_again_of_erasing()
    call_command("tick")

    graded.refresh_from_db()
    day = graded.today() + timedelta(days=7)
    assert (graded.erasing_since, graded.erased_on) == (None, day)
    assert graded.dates_told == f"{closing}erased_on {day} 7\n"


def test_launches_into_another_course_of_the_same_context_stay(course, instructor):
    before = platforms.make_platform_course(course, instructor)
    there = {"context_id": before.context_id}
    disconnect_course(before, by=instructor)
    other = factories.make_course("other", instructor=instructor)
    platforms.make_platform_course(other, instructor, before.platform, **there)
    launch = platforms.make_launch(None, before.platform, **there)
    let_its_day_come(course)

    hide_courses_to_erase()

    assert Launch.objects.filter(pk=launch.pk).exists()
