"""``manage.py retention``: what has outlived its period; and ``tick`` does it once a day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from blog.models import (
    AuditEvent,
    IdempotencyKey,
    Invitation,
    Notification,
    OutboxMessage,
    Post,
    Revision,
    User,
)
from blog.tasks import retention
from blog.tasks.retention import KINDS, delete_outlived_today
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def lines(capsys, *options):
    call_command("retention", *options)
    said = (line.partition(" (") for line in capsys.readouterr().out.splitlines())
    found = {name: rest.rpartition("): ")[2] for name, _sign, rest in said}
    if found["erased_courses"].startswith("0 "):  # as in most of these tests
        del found["erased_courses"]
    return found


def test_courses_that_are_erased_soon_are_counted(course, instructor, capsys):
    factories.make_course("far", instructor=instructor, erased_on=course.today() + 40 * DAY)
    type(course).objects.filter(pk=course.pk).update(erased_on=course.today() + 20 * DAY)

    assert lines(capsys, "--dry-run")["erased_courses"] == "1 within 30 days"
    assert lines(capsys)["erased_courses"] == "1 within 30 days"


@pytest.fixture
def old_rows(course, ada, bob, instructor):
    """Return one row of each kind that is due, and one beside it that is not yet."""
    now = timezone.now()
    for days in (100, 80):
        at = now - days * DAY
        OutboxMessage.objects.create(
            key=f"m{days}", recipient=ada, template="digest", created_at=at, sent_at=at
        )
        IdempotencyKey.objects.create(user=ada, key=uuid4(), action="x", created_at=at)
    OutboxMessage.objects.create(
        key="waits", recipient=ada, template="digest", created_at=now - 500 * DAY
    )
    post = factories.make_post(bob, course, "Old words", "Old words of Bob.")
    for days in (190, 170):
        Notification.objects.create(
            reader=ada, course=course, event=f"e{days}", post=post, created_at=now - days * DAY
        )
    for days in (1100, 1000):
        AuditEvent.objects.create(action="x", target="post:1", actor=ada, at=now - days * DAY)
    for days, key in ((2, "old"), (-2, "now")):
        Session.objects.create(session_key=key, expire_date=now - days * DAY)
        UserSession.objects.create(user=ada, session_key=key, ip="192.0.2.7", user_agent="")
    for days in (61, 59):
        gone = factories.make_post(ada, course, f"Gone {days}", f"Words of {days} days.")
        Post.objects.filter(pk=gone.pk).update(deleted_at=now - days * DAY)
    over = factories.make_course("over", instructor=instructor)
    type(over).objects.filter(pk=over.pk).update(starts_on=now - 600 * DAY, ends_on=now - 400 * DAY)
    for place in (over, course):
        invitation = factories.make_invitation(place, instructor)
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=now - 380 * DAY)
    User.objects.filter(pk=bob.pk).update(last_login=now - 731 * DAY)
    return post


DUE = {
    "sent_mail": "90 days, 1 due",
    "notifications": "180 days, 1 due",
    "invitations": "365 days, 1 due",
    "audit_events": "1095 days, 1 due",
    "deleted_posts": "30 days, 1 due",
    "sessions": "1 day, 1 due",
    "form_keys": "90 days, 1 due",
    "unused_accounts": "730 days, 1 due, which stay until someone decides",
}


def rows():
    models = (OutboxMessage, IdempotencyKey, Notification, AuditEvent, Session, UserSession)
    return [model.objects.count() for model in (*models, Invitation, User)]


def test_dry_run_says_what_is_due_and_deletes_nothing(old_rows, capsys):
    before = rows()

    assert lines(capsys, "--dry-run") == DUE

    assert rows() == before


def test_what_is_due_is_deleted_and_what_is_not_stays(old_rows, capsys, ada):
    accounts = User.objects.count()

    said = lines(capsys)

    expected = {name: words.replace("due", "deleted") for name, words in DUE.items()}
    assert said == expected | {"unused_accounts": DUE["unused_accounts"]}
    assert rows() == [2, 1, 1, AuditEvent.objects.count(), 1, 1, 1, accounts]
    assert not AuditEvent.objects.filter(at__lt=timezone.now() - 1095 * DAY).exists()
    texts = Revision.objects.filter(post__author=ada).values_list("text", flat=True)
    assert sorted(texts) == ["", "Words of 59 days."]
    again = lines(capsys)
    assert {name: words for name, words in again.items() if "0 deleted" not in words} == {
        "unused_accounts": DUE["unused_accounts"]
    }


def test_a_deleted_post_keeps_the_comments_below_it_and_what_a_grade_rests_on(
    course, ada, bob, instructor, settings
):
    prompt = factories.make_prompt(course)
    graded = factories.make_post(ada, course, "Graded", "Graded words.", prompt=prompt)
    factories.make_grading(graded, instructor)
    other = factories.make_post(ada, course, "Other", "Other words.")
    comment = factories.make_comment(bob, other)
    Post.objects.filter(author=ada).update(deleted_at=timezone.now() - 90 * DAY)

    delete_outlived_today()

    assert graded.revisions.get().text == "Graded words."
    other.refresh_from_db()
    assert (other.title, other.revisions.get().text) == ("A deleted post", "")
    comment.refresh_from_db()
    assert (bool(comment.text), comment.deleted_at) == (True, None)


def test_zero_days_are_for_ever(old_rows, capsys, settings):
    settings.RETENTION_DAYS = dict.fromkeys(settings.RETENTION_DAYS, 0)
    before = rows()

    assert set(lines(capsys).values()) == {"no period, nothing is due"}
    assert rows() == before


def test_tick_does_it_once_a_day(old_rows, ada):
    cache.clear()
    assert delete_outlived_today() == len(KINDS) - 1
    OutboxMessage.objects.update(sent_at=timezone.now() - 100 * DAY)

    assert delete_outlived_today() == 0

    cache.clear()  # another day
    assert delete_outlived_today() == 2  # mail that waited and mail that was not old


def test_a_kind_that_fails_keeps_none_from_its_turn_and_is_tried_again(course, monkeypatch):
    cache.clear()
    tried, failing = [], {"sent_mail", "audit_events"}

    def delete(kind):
        tried.append(kind.name)
        if kind.name in failing:
            raise ZeroDivisionError
        return 1

    monkeypatch.setattr(retention, "delete_outlived", delete)
    names = [kind.name for kind in KINDS if not kind.is_only_named]

    with pytest.raises(ZeroDivisionError):
        delete_outlived_today()
    assert tried == names

    assert delete_outlived_today() == 0  # not each minute

    cache.delete_many(f"retention:{timezone.now().date()}:{name}" for name in failing)
    failing.clear()
    assert delete_outlived_today() == 2
    assert tried == [*names, "sent_mail", "audit_events"]
    assert delete_outlived_today() == 0
