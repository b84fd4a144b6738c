"""Courses change on the dates that their instructors chose, and their people are told in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from blog.actions.course_dates import change_course_dates
from blog.actions.course_states import reopen_course
from blog.actions.courses import change_course
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Course, OutboxMessage, Post
from blog.tasks import change_courses_on_their_dates, send_due_mail, tell_of_course_dates
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today(course):
    return course.today()


def chosen(course, instructor, **days):
    for field, day in days.items():
        setattr(course, field, day)
    change_course_dates(course, by=instructor)
    return course


def brought_forward(course, field, day):
    """Let the day that was chosen be nearer, as time does."""
    Course.objects.filter(pk=course.pk).update(**{field: day})


def test_a_day_is_chosen_a_week_ahead_and_taken_back(course, instructor, today):
    with pytest.raises(Refused, match="at least 7 days ahead") as refused:
        chosen(course, instructor, read_only_on=today + 6 * DAY)
    assert refused.value.field == "read_only_on"
    course.refresh_from_db()

    chosen(course, instructor, read_only_on=today + 7 * DAY, closes_on=today + 9 * DAY)
    assert course.dates_ahead == [
        ("read_only_on", today + 7 * DAY),
        ("closes_on", today + 9 * DAY),
    ]
    chosen(course, instructor, read_only_on=None)

    events = AuditEvent.objects.filter(action="course_dates_changed").order_by("pk")
    assert [sorted(event.data) for event in events] == [
        ["before", "closes_on", "days", "read_only_on"],
        ["before", "days", "read_only_on"],
    ]
    left = f"closes_on={today + 9 * DAY},public_ends_on=-,read_only_on=-,erased_on=-"
    assert events[1].data["days"] == left
    brought_forward(course, "closes_on", today + DAY)
    assert change_courses_on_their_dates() == 0


def test_read_only_is_the_archive_and_can_be_reopened(course, instructor, today):
    brought_forward(course, "read_only_on", today)

    assert (change_courses_on_their_dates(), change_courses_on_their_dates()) == (1, 0)

    course.refresh_from_db()
    assert (course.is_archived, course.read_only_on) == (True, None)
    reopen_course(course, by=instructor)
    assert change_courses_on_their_dates() == 0
    course.refresh_from_db()
    assert not course.is_archived
    [event] = AuditEvent.objects.filter(action="course_date_came")
    assert (event.actor, event.data) == (
        None,
        {"field": "read_only_on", "day": str(today)},
    )


def test_nobody_new_joins_from_the_day_on(course, instructor, today):
    invitation = factories.make_invitation(course, instructor)
    brought_forward(course, "closes_on", today)

    change_courses_on_their_dates()

    course.refresh_from_db()
    invitation.refresh_from_db()
    assert (course.can_be_joined, invitation.is_open) == (False, False)


def test_posts_leave_the_public_web_and_keep_the_audience_they_had(client, course, ada, today):
    Course.objects.filter(pk=course.pk).update(
        widest_audience=Audience.PUBLIC, default_audience=Audience.PUBLIC
    )
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    address = reverse("post_public", args=[post.pk, post.slug])
    assert client.get(address).status_code == 200
    brought_forward(course, "public_ends_on", today)

    change_courses_on_their_dates()

    assert client.get(address).status_code == 302  # to sign in, as for any that is not public
    post.refresh_from_db()
    course.refresh_from_db()
    assert (post.audience, post.audience_now) == (Audience.PUBLIC, Audience.COURSE)
    assert (course.widest_audience, course.default_audience) == (Audience.COURSE, Audience.COURSE)
    assert Post.objects.in_course(course).published_for(ada, course).count() == 1


def test_settings_saved_after_the_day_leave_posts_the_audience_they_had(
    course, ada, instructor, today
):
    wide = {"widest_audience": Audience.PUBLIC, "default_audience": Audience.PUBLIC}
    Course.objects.filter(pk=course.pk).update(**wide)
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    brought_forward(course, "public_ends_on", today)
    change_courses_on_their_dates()
    course.refresh_from_db()
    course.title = "A better title"

    assert change_course(course, by=instructor) == 0

    post.refresh_from_db()
    assert (post.audience, post.audience_now) == (Audience.PUBLIC, Audience.COURSE)


def test_the_day_is_that_of_the_course(course, monkeypatch):
    Course.objects.filter(pk=course.pk).update(
        time_zone="Asia/Tokyo", read_only_on=date(2026, 12, 1)
    )
    for now, changed in (
        (datetime(2026, 11, 30, 14, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 30, 15, 0, tzinfo=UTC), 1),
    ):
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)

        assert change_courses_on_their_dates() == changed


def test_everybody_is_told_once_30_and_7_days_ahead(course, ada, bob, monkeypatch):
    members = course.memberships.active().count()
    day = course.today() + 40 * DAY
    brought_forward(course, "read_only_on", day)
    told = {}
    for left in (31, 30, 29, 8, 7, 6, 0):
        monkeypatch.setattr(Course, "today", lambda self, left=left: day - left * DAY)
        monkeypatch.setattr("blog.tasks.course_dates.days_from_now", lambda days: day)

        told[left] = tell_of_course_dates()

    assert told == {31: 0, 30: members, 29: 0, 8: 0, 7: members, 6: 0, 0: 0}
    assert OutboxMessage.objects.count() == 2 * members


def test_nobody_is_told_again_once_sent_mail_is_deleted(course, ada, today):
    brought_forward(course, "read_only_on", today + 30 * DAY)
    assert tell_of_course_dates() == course.memberships.active().count()
    OutboxMessage.objects.all().delete()

    assert tell_of_course_dates() == 0

    brought_forward(course, "read_only_on", today + 29 * DAY)  # another day
    assert tell_of_course_dates() == course.memberships.active().count()


def test_a_day_that_is_chosen_late_has_the_last_notice_alone(course, ada, today):
    brought_forward(course, "closes_on", today + 7 * DAY)

    assert tell_of_course_dates() == course.memberships.active().teaching().count() == 1
    assert tell_of_course_dates() == 0


def test_a_mail_of_a_day_that_was_taken_back_is_not_sent(course, instructor, ada, today):
    brought_forward(course, "public_ends_on", today + 7 * DAY)
    tell_of_course_dates()
    brought_forward(course, "public_ends_on", None)
    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")

    send_due_mail()

    assert mail.outbox == []


def test_a_mail_says_what_happens_and_when(course, instructor, ada, today):
    day = today + 7 * DAY
    brought_forward(course, "read_only_on", day)
    tell_of_course_dates()
    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")

    send_due_mail()

    sent = next(one for one in mail.outbox if one.to == [ada.email])
    assert sent.subject == f"{course.title} changes on {day.day} {day:%B %Y}"
    assert f"becomes read-only on {day.day} {day:%B %Y}" in sent.body
    assert "/c/networks/" in sent.body


def test_who_was_told_of_a_day_is_told_that_it_was_changed(course, instructor, ada, today):
    brought_forward(course, "read_only_on", today + 20 * DAY)
    tell_of_course_dates()
    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")
    send_due_mail()
    mail.outbox.clear()
    course.refresh_from_db()

    chosen(course, instructor, read_only_on=today + 60 * DAY)

    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")
    send_due_mail()
    sent = next(one for one in mail.outbox if one.to == [ada.email])
    before, later = today + 20 * DAY, today + 60 * DAY
    assert sent.subject == f"{course.title} will not change on {before.day} {before:%B %Y}"
    assert "This course will not become read-only on" in sent.body
    assert f"The new day is {later.day} {later:%B %Y}." in sent.body


def test_dates_that_are_saved_as_they_are_record_nothing(course, instructor, today):
    chosen(course, instructor, read_only_on=today + 60 * DAY)
    events, version = AuditEvent.objects.count(), course.version

    assert change_course_dates(course, by=instructor) == ([], False)

    course.refresh_from_db()
    assert (AuditEvent.objects.count(), course.version) == (events, version)
