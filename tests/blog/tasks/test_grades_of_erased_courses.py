"""The history of grades stays for a year after it was last written, whatever day was chosen."""

from contextlib import nullcontext
from datetime import datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from blog.actions.course_dates import choose_day_to_erase
from blog.exceptions import Refused
from blog.models import Course, Grading, GradingEvent, Membership, Post, Prompt
from blog.tasks import erase_hidden_courses, erased_courses, hide_courses_to_erase
from tests import factories
from tests.full_course import let_its_day_come, make_old_event
from tests.threads import elsewhere, on_postgresql, wait_for_waiting

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

YEAR = timedelta(days=365)


@pytest.fixture
def graded(course, ada, instructor, settings, tmp_path):
    """A course that was over more than a year ago, with a grade that has an old history."""
    settings.MEDIA_ROOT = tmp_path
    post = factories.make_post(ada, course, prompt=factories.make_prompt(course))
    make_old_event(factories.make_grading(post, instructor), instructor)
    let_its_day_come(course)
    return course


def change_grade(by, at):
    event = GradingEvent.of(Grading.objects.get(), by=by, kind=GradingEvent.Kind.SAVED, at=at)
    event.save()


def test_the_day_can_be_a_year_after_the_last_change_of_a_grade(graded, instructor):
    changed = graded.today() - timedelta(days=100)
    change_grade(instructor, datetime.combine(changed, time(23, 30), graded.zone))
    assert graded.earliest_erased_on == changed + YEAR
    graded.erased_on = changed + YEAR - timedelta(days=1)

    with pytest.raises(Refused, match="after the last change of a grade"):
        choose_day_to_erase(graded, by=instructor)

    graded.erased_on = changed + YEAR
    choose_day_to_erase(graded, by=instructor)
    assert Course.objects.get(pk=graded.pk).erased_on == changed + YEAR


def test_a_grade_of_during_the_course_moves_no_day(graded):
    assert graded.grades_kept_until == graded.ends_on + YEAR


def test_a_grade_that_was_changed_since_moves_the_day_and_hides_nothing(graded, instructor):
    changed = graded.today() - timedelta(days=100)
    change_grade(instructor, datetime.combine(changed, time(23, 30), graded.zone))

    call_command("tick")

    graded.refresh_from_db()
    assert (graded.erasing_since, graded.erased_on) == (None, changed + YEAR)
    assert GradingEvent.objects.count() == 2


@pytest.mark.parametrize(("minutes", "hidden"), [(5, 0), (-5, 1)])
def test_on_its_day_it_waits_until_the_year_is_over_to_the_minute(
    graded, instructor, minutes, hidden
):
    now = timezone.now()
    at = now - YEAR + timedelta(minutes=minutes)
    Course.objects.filter(pk=graded.pk).update(erased_on=graded.day_of(at) + YEAR)
    graded.refresh_from_db()
    change_grade(instructor, at)

    assert erased_courses.hide_course(graded) is bool(hidden)

    assert erase_hidden_courses() == hidden


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(5, pytest.raises(DatabaseError, match="only ever added")), (-5, nullcontext())],
)
def test_the_database_keeps_each_event_for_a_year(graded, instructor, minutes, says):
    change_grade(instructor, timezone.now() - YEAR + timedelta(minutes=minutes))
    Course.objects.filter(pk=graded.pk).update(erasing_since=timezone.now())

    with says, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM blog_gradingevent")

    assert GradingEvent.objects.exists() is (minutes > 0)


def test_what_a_grader_sent_as_the_course_was_hidden_goes_with_it(graded, instructor):
    """They waited for the lock of the prompt, and had passed the door."""
    assert hide_courses_to_erase() == 1
    change_grade(instructor, timezone.now())

    assert erase_hidden_courses() == 1

    assert not GradingEvent.objects.exists()


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Post, Prompt, Membership])
def test_a_course_is_locked_after_what_is_in_it(graded, model):
    """As all actions lock them: whoever holds one of these can go on to the course."""
    with elsewhere(lambda: erased_courses.hide_course(graded)) as (thread, _done):
        list(model.objects.filter(course=graded).select_for_update(no_key=True))
        thread.start()
        wait_for_waiting(1)
        Course.objects.select_for_update(no_key=True, nowait=True).get(pk=graded.pk)

    assert Course.objects.get(pk=graded.pk).erasing_since
