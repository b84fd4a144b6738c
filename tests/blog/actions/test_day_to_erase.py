"""The day on which a course is erased: who chooses it, and how early it can be."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from blog.actions.course_dates import choose_day_to_erase
from blog.actions.courses import change_course
from blog.exceptions import Refused, StaleVersion
from blog.models import AuditEvent, Course, OutboxMessage
from blog.models.courses import GRADES_NAMED_FOR
from blog.tasks import (
    erase_hidden_courses,
    hide_courses_to_erase,
    send_due_mail,
    tell_of_course_dates,
)
from tests.full_course import let_its_day_come

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def over(course):
    """Return a course that was over two years ago."""
    today = course.today()
    Course.objects.filter(pk=course.pk).update(
        starts_on=today - 800 * DAY, ends_on=today - 730 * DAY
    )
    course.refresh_from_db()
    return course


def chosen(course, instructor, day):
    course.erased_on = day
    choose_day_to_erase(course, by=instructor)
    course.refresh_from_db()


def days_of(course):
    events = AuditEvent.objects.filter(course=course, action="course_dates_changed")
    return [
        (event.data["before"]["erased_on"], event.data["erased_on"])
        for event in events.order_by("pk")
    ]


def test_grades_are_kept_for_a_year_after_the_last_day(course, instructor):
    first = course.ends_on + GRADES_NAMED_FOR
    assert course.earliest_erased_on == first
    course.erased_on = first - DAY
    with pytest.raises(Refused, match=f"Choose {first.day} .* or a later day") as refused:
        choose_day_to_erase(course, by=instructor)
    assert refused.value.field == "erased_on"
    course.refresh_from_db()
    assert course.erased_on is None

    chosen(course, instructor, first)

    assert days_of(course) == [("", str(first))]


def test_everybody_can_be_told_twice(over, instructor):
    today = over.today()
    over.erased_on = today + 29 * DAY
    with pytest.raises(Refused):
        choose_day_to_erase(over, by=instructor)
    over.refresh_from_db()

    chosen(over, instructor, today + 30 * DAY)

    assert over.erased_on == today + 30 * DAY


def test_it_is_taken_back_also_when_the_course_is_archived(over, instructor):
    day = over.today() + 40 * DAY
    chosen(over, instructor, day)
    Course.objects.filter(pk=over.pk).update(archived_at=timezone.now())
    over.refresh_from_db()

    chosen(over, instructor, None)

    assert over.erased_on is None
    assert days_of(over) == [("", str(day)), (str(day), "")]
    choose_day_to_erase(over, by=instructor)  # nothing changes, and nothing is recorded
    assert len(days_of(over)) == 2


def test_a_last_day_that_comes_too_late_for_it_is_refused(course, instructor):
    chosen(course, instructor, course.ends_on + GRADES_NAMED_FOR)
    before = course.ends_on
    course.ends_on += DAY

    with pytest.raises(Refused, match="The course is erased on") as refused:
        change_course(course, by=instructor)

    assert refused.value.field == "ends_on"
    course.refresh_from_db()
    assert course.ends_on == before
    course.ends_on -= DAY
    change_course(course, by=instructor)


def test_a_page_that_was_open_cannot_take_it_back_once_it_has_come(over, instructor):
    let_its_day_come(over)
    open_page, _request_of = Course.objects.get(pk=over.pk), instructor.memberships_now
    assert hide_courses_to_erase() == 1
    open_page.erased_on = None

    with pytest.raises(StaleVersion):
        choose_day_to_erase(open_page, by=instructor)

    assert erase_hidden_courses() == 1


def test_nothing_is_erased_of_which_nobody_was_told_in_time(over, ada):
    """Nobody has run tick for a month: the day moves, and everybody is told."""
    today = over.today()
    Course.objects.filter(pk=over.pk).update(erased_on=today - DAY)

    assert hide_courses_to_erase() == 0
    assert tell_of_course_dates() == over.memberships.active().count()

    over.refresh_from_db()
    assert over.erased_on == today + 7 * DAY
    assert days_of(over) == [(str(today - DAY), str(today + 7 * DAY))]
    assert tell_of_course_dates() == 0
    let_its_day_come(over)  # of which everybody was told
    assert hide_courses_to_erase() == 1


def test_people_are_told_30_and_7_days_ahead_and_once(over, ada):
    members = over.memberships.active().count()
    told = {}
    for left in (31, 30, 29, 7, 6):
        day = over.today() + left * DAY
        Course.objects.filter(pk=over.pk).update(
            erased_on=day, dates_told=over.dates_told.replace(str(over.erased_on), str(day))
        )
        over.refresh_from_db()

        told[left] = tell_of_course_dates()

        over.refresh_from_db()

    assert told == {31: 0, 30: members, 29: 0, 7: members, 6: 0}


def test_the_mail_says_how_to_take_everything_first(over, ada, instructor):
    day = over.today() + 7 * DAY
    Course.objects.filter(pk=over.pk).update(erased_on=day)
    tell_of_course_dates()
    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")

    send_due_mail()

    sent = {one.to[0]: one for one in mail.outbox}
    to_ada, to_instructor = sent[ada.email], sent[instructor.email]
    assert to_ada.subject == f"{over.title} is erased on {day.day} {day:%B %Y}"
    assert f"/export/?course={over.pk}" in to_ada.body
    assert "nobody can open it or restore it" in " ".join(to_ada.body.split())
    assert "read-only" not in to_ada.body
    assert "/gradebook/export/" not in to_ada.body
    assert "/gradebook/export/" in to_instructor.body


def test_a_mail_of_a_day_that_was_taken_back_is_not_sent(over, ada, instructor):
    chosen(over, instructor, over.today() + 30 * DAY)
    assert tell_of_course_dates() > 0
    chosen(over, instructor, None)
    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")

    send_due_mail()

    assert mail.outbox == []


def told_of(course, left):
    """Tell everybody of a day, and send it."""
    day = course.today() + left * DAY
    Course.objects.filter(pk=course.pk).update(erased_on=day)
    course.refresh_from_db()
    assert tell_of_course_dates() > 0
    course.refresh_from_db()
    send()
    return day


def send():
    """Send what waits; return it by address."""
    mail.outbox = []
    OutboxMessage.objects.filter(sent_at=None).update(due_at="2026-01-01T12:00Z")
    send_due_mail()
    return {one.to[0]: one for one in mail.outbox}


def test_who_was_told_of_a_day_is_told_that_it_was_taken_back(over, ada, instructor):
    day = told_of(over, 20)
    over.erased_on = None

    assert choose_day_to_erase(over, by=instructor) == (["erased_on"], True)

    sent = send()
    assert sorted(sent) == sorted([ada.email, instructor.email])
    to_ada = sent[ada.email]
    assert to_ada.subject == f"{over.title} will not be erased on {day.day} {day:%B %Y}"
    assert "No new day is set." in to_ada.body
    assert Course.objects.get(pk=over.pk).dates_told == ""


def test_who_was_told_of_a_day_is_told_of_a_later_one(over, ada, instructor):
    told_of(over, 20)
    over.erased_on = later = over.today() + 60 * DAY

    assert choose_day_to_erase(over, by=instructor).is_told

    assert f"The new day is {later.day} {later:%B %Y}." in send()[ada.email].body
    assert tell_of_course_dates() == 0


def test_of_a_day_that_is_near_the_next_notice_is_the_only_mail(over, ada, instructor):
    told_of(over, 20)
    over.erased_on = later = over.today() + 30 * DAY
    choose_day_to_erase(over, by=instructor)
    assert send() == {}

    assert tell_of_course_dates() == 2

    assert send()[ada.email].subject == f"{over.title} is erased on {later.day} {later:%B %Y}"


def test_a_day_that_is_chosen_again_is_told_again(over, ada, instructor):
    day = told_of(over, 30)
    for chosen_day in (None, day):
        chosen(over, instructor, chosen_day)

    assert tell_of_course_dates() == 2

    assert send()[ada.email].subject == f"{over.title} is erased on {day.day} {day:%B %Y}"


def test_who_had_no_mail_yet_gets_none_of_its_end(over, ada, instructor):
    """In the night mails wait; and a day that is far has none."""
    chosen(over, instructor, over.today() + 90 * DAY)
    over.erased_on = None
    assert choose_day_to_erase(over, by=instructor) == (["erased_on"], False)

    assert send() == {}


def test_a_day_that_is_changed_twice_in_a_night_has_one_mail(over, ada, instructor):
    first = told_of(over, 20)
    last = over.today() + 90 * DAY
    for day in (over.today() + 60 * DAY, last):
        chosen(over, instructor, day)

    to_ada = send()[ada.email]

    assert len(mail.outbox) == 2
    assert f"not be erased on {first.day} {first:%B %Y}" in to_ada.subject
    assert f"The new day is {last.day} {last:%B %Y}." in to_ada.body


def test_a_day_that_is_changed_twice_in_a_week_has_two_mails(over, ada, instructor):
    told_of(over, 20)
    second = over.today() + 60 * DAY
    chosen(over, instructor, second)
    send()

    chosen(over, instructor, None)

    assert f"not be erased on {second.day} {second:%B %Y}" in send()[ada.email].subject


def test_a_day_that_is_chosen_again_in_the_night_has_no_mail(over, ada, instructor):
    day = told_of(over, 30)
    for chosen_day in (over.today() + 60 * DAY, day):
        chosen(over, instructor, chosen_day)

    assert send() == {}
