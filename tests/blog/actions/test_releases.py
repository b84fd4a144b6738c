"""Releases: now, on a date, moved, taken back, and what their students hear of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from blog.actions.grading import give_feedback
from blog.actions.releases import move_release, release_prompt, take_back_release
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Grading,
    GradingEvent,
    Notification,
    OutboxMessage,
    name_for,
)
from blog.queries.feedback import own_feedback
from blog.queries.notifications import notifications_of
from blog.queries.release_page import releases_of
from blog.tasks import send_due_mail
from tests import factories

DAY = timedelta(days=1)
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def post(course, ada):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


@pytest.fixture
def grading(post, instructor):
    return factories.make_grading(post, instructor, level=3)


@pytest.fixture
def prompt(post, grading):
    return post.prompt


@pytest.fixture
def clock(monkeypatch):
    """Stop the clock; the test moves it."""

    class Clock:
        now = NOON

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


def again(person):
    """Return a person as the next request knows them."""
    return type(person).objects.get(pk=person.pk)


def read_by(person, course):
    return list(own_feedback(again(person), course))


def sent():
    return [message.subject for message in mail.outbox]


def test_a_release_on_a_date_is_seen_from_that_minute_on(clock, prompt, course, ada, instructor):
    [planned] = release_prompt(prompt, by=instructor, at=NOON + DAY)

    assert read_by(ada, course) == []
    assert notifications_of(again(ada)).new == []
    assert not again(ada).membership_in(course).has_news
    clock.now = NOON + DAY
    assert read_by(ada, course) == [planned]
    assert len(notifications_of(again(ada)).new) == 1
    assert again(ada).membership_in(course).has_news


def test_the_mail_of_a_dated_release_leaves_at_its_date_and_once(clock, prompt, ada, instructor):
    release_prompt(prompt, by=instructor, at=NOON + DAY)

    assert send_due_mail() == 0
    clock.now = NOON + DAY
    assert (send_due_mail(), send_due_mail()) == (1, 0)
    assert sent() == ["Feedback on the prompt Blog post 1"]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        # 20:30 is 21:30 in Berlin; 22:30 and 5:45 there wait for the morning.
        (datetime(2026, 11, 28, 20, 30, tzinfo=UTC), datetime(2026, 11, 28, 20, 30, tzinfo=UTC)),
        (datetime(2026, 11, 28, 21, 30, tzinfo=UTC), datetime(2026, 11, 29, 6, tzinfo=UTC)),
        (datetime(2026, 11, 28, 4, 45, tzinfo=UTC), datetime(2026, 11, 28, 6, tzinfo=UTC)),
    ],
)
def test_no_mail_of_a_dated_release_leaves_at_night(clock, prompt, ada, instructor, at, due):
    ada.time_zone = "Europe/Berlin"
    ada.save()

    release_prompt(prompt, by=instructor, at=at)

    assert OutboxMessage.objects.get().due_at == due


def test_a_student_has_one_mail_for_post_and_comments(prompt, post, ada, instructor):
    Grading.objects.create(
        prompt=prompt, student=ada, grader=instructor, kind="comments", status="excused",
        of_record=True,
    )  # fmt: skip

    released = release_prompt(prompt, by=instructor)

    assert [each.kind for each in released] == ["post", "comments"]
    assert OutboxMessage.objects.count() == Notification.objects.count() == 1


def test_no_mail_leaves_for_twenty_minutes(clock, prompt, instructor):
    release_prompt(prompt, by=instructor)

    clock.now = NOON + timedelta(minutes=19)
    assert send_due_mail() == 0
    clock.now = NOON + timedelta(minutes=20)
    assert send_due_mail() == 1


def test_a_release_taken_back_at_once_leaves_nothing(clock, prompt, course, ada, instructor):
    [released] = release_prompt(prompt, by=instructor)
    assert read_by(ada, course) == [released]

    taken_back = take_back_release(prompt, released.released_at, by=instructor)

    assert taken_back == [released]
    assert read_by(ada, course) == []
    assert not OutboxMessage.objects.exists()
    assert not Notification.objects.exists()
    clock.now = NOON + DAY
    assert send_due_mail() == 0
    assert releases_of(prompt) == []
    kinds = list(GradingEvent.objects.values_list("kind", flat=True))
    assert kinds == ["released", "taken_back"]
    assert AuditEvent.objects.filter(action="release_taken_back").count() == 1


def test_who_had_a_mail_is_known_after_it_was_sent(clock, prompt, course, ada, instructor):
    [released] = release_prompt(prompt, by=instructor)
    clock.now = NOON + timedelta(minutes=30)
    send_due_mail()
    [release] = releases_of(prompt)

    assert [name_for(each, instructor) for each in release.mailed] == ["Ada Student"]
    assert release.mails_waiting == 0
    take_back_release(prompt, released.released_at, by=instructor)
    assert read_by(ada, course) == []
    assert notifications_of(again(ada)).new == []


def test_a_mail_that_failed_before_the_release_was_taken_back_says_nothing(
    clock, prompt, instructor
):
    [released] = release_prompt(prompt, by=instructor)
    OutboxMessage.objects.update(attempts=1)
    take_back_release(prompt, released.released_at, by=instructor)
    clock.now = NOON + DAY

    assert send_due_mail() == 0
    assert not OutboxMessage.objects.exists()


def test_a_mail_about_a_later_edit_is_not_sent_after_the_release_is_taken_back(
    clock, prompt, post, grading, instructor
):
    [released] = release_prompt(prompt, by=instructor)
    clock.now = NOON + timedelta(minutes=30)
    send_due_mail()
    give(post, instructor, level=2, version=grading.version)
    assert OutboxMessage.objects.waiting().count() == 1

    take_back_release(prompt, released.released_at, by=instructor)

    assert not OutboxMessage.objects.waiting().exists()


def test_an_edit_before_the_mail_about_the_release_is_no_second_mail(
    prompt, post, grading, instructor
):
    release_prompt(prompt, by=instructor)

    give(post, instructor, level=2, version=grading.version)

    grading.refresh_from_db()
    assert grading.edited_at is not None
    assert OutboxMessage.objects.count() == 1


def test_what_was_taken_back_can_be_released_again(clock, prompt, course, ada, instructor):
    [released] = release_prompt(prompt, by=instructor)
    take_back_release(prompt, released.released_at, by=instructor)
    clock.now = NOON + timedelta(minutes=5)

    release_prompt(prompt, by=instructor)

    assert len(read_by(ada, course)) == 1
    assert OutboxMessage.objects.count() == 1


def test_an_old_page_takes_no_later_release_back(clock, prompt, instructor):
    [released] = release_prompt(prompt, by=instructor)
    first = released.released_at
    take_back_release(prompt, first, by=instructor)
    clock.now = NOON + timedelta(minutes=5)
    release_prompt(prompt, by=instructor)

    with pytest.raises(Refused, match="already taken back"):
        take_back_release(prompt, first, by=instructor)

    assert Grading.objects.released().count() == 1


def test_a_date_can_be_moved_and_brought_forward_to_now(clock, prompt, course, ada, instructor):
    release_prompt(prompt, by=instructor, at=NOON + DAY)

    move_release(prompt, NOON + DAY, by=instructor, at=NOON + 2 * DAY)
    assert [release.at for release in releases_of(prompt)] == [NOON + 2 * DAY]
    assert [message.due_at for message in OutboxMessage.objects.all()] == [NOON + 2 * DAY]
    move_release(prompt, NOON + 2 * DAY, by=instructor, at=None)

    assert len(read_by(ada, course)) == 1
    assert OutboxMessage.objects.count() == Notification.objects.count() == 1


def test_a_canceled_date_leaves_nothing(clock, prompt, course, ada, instructor):
    release_prompt(prompt, by=instructor, at=NOON + DAY)

    take_back_release(prompt, NOON + DAY, by=instructor)

    clock.now = NOON + 2 * DAY
    assert read_by(ada, course) == []
    assert not OutboxMessage.objects.exists()
    assert not Notification.objects.exists()


def test_a_release_that_is_out_has_no_other_date(clock, prompt, instructor):
    release_prompt(prompt, by=instructor, at=NOON + DAY)
    clock.now = NOON + DAY

    with pytest.raises(Refused, match="is out or was taken back"):
        move_release(prompt, NOON + DAY, by=instructor, at=NOON + 3 * DAY)


def test_no_date_is_in_the_past(clock, prompt, instructor):
    with pytest.raises(Refused, match="This time has passed"):
        release_prompt(prompt, by=instructor, at=NOON)
    release_prompt(prompt, by=instructor, at=NOON + DAY)
    with pytest.raises(Refused, match="This time has passed"):
        move_release(prompt, NOON + DAY, by=instructor, at=NOON)


def give(post, by, *, level=3, words="Read with interest.", version=None):
    criteria = post.prompt.rubric.criteria.all()
    return give_feedback(
        post.prompt,
        post.author,
        by=by,
        post=post,
        revision=post.revision,
        levels={each: each.levels.filter(position=level).first() for each in criteria},
        words=words,
        version=version,
    )


def test_a_grade_changed_before_its_date_goes_as_it_is_then_and_is_named(
    clock, prompt, post, grading, course, ada, instructor
):
    release_prompt(prompt, by=instructor, at=NOON + DAY)
    clock.now = NOON + timedelta(hours=1)

    give(post, instructor, level=4, version=grading.version)

    assert [release.changed for release in releases_of(prompt)] == [[ada]]
    clock.now = NOON + DAY
    [seen] = read_by(ada, course)
    assert {score.level.title for score in seen.scores.all()} == {"Beyond"}
    assert seen.edited_at is None
    assert OutboxMessage.objects.count() == 1


def test_a_grade_with_a_date_cannot_become_incomplete(clock, prompt, post, grading, instructor):
    release_prompt(prompt, by=instructor, at=NOON + DAY)

    with pytest.raises(Refused, match="has a date already"):
        give(post, instructor, level=9, version=grading.version)


def test_a_grade_on_which_graders_come_to_differ_loses_its_date(
    clock, prompt, post, grading, course, ada, instructor, assistant
):
    release_prompt(prompt, by=instructor, at=NOON + DAY)

    give(post, assistant, level=1)

    clock.now = NOON + DAY
    assert read_by(ada, course) == []
    assert not OutboxMessage.objects.exists()
    assert not Notification.objects.exists()
    assert AuditEvent.objects.filter(action="release_held_back").count() == 1


def test_an_equal_second_grade_leaves_the_date(clock, prompt, post, instructor, assistant):
    release_prompt(prompt, by=instructor, at=NOON + DAY)

    give(post, assistant, level=3)

    assert Grading.objects.planned().count() == 1
