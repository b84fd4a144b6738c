"""Notifications: one for each reader and event, for those alone who can see what it is about."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.actions.announcements import send_announcement
from blog.actions.comments import add_comment, hide_comment, show_comment
from blog.models import (
    Audience,
    Comment,
    MailChoices,
    Notification,
    OutboxMessage,
    notification_to,
    notify,
    store_notifications,
)
from blog.tasks import send_due_mail
from tests import factories

Kind = Notification.Kind


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(bob, post)


def stored():
    """Return who was told, of what, and why."""
    rows = Notification.objects.order_by("reader__display_name", "event")
    return [(each.reader.get_short_name(), each.event, each.reasons) for each in rows]


def test_the_author_of_a_post_is_told_of_a_comment(ada, bob, post):
    comment = add_comment(post, by=bob, text="A thought.")

    assert stored() == [("Ada", f"comment:{comment.pk}", ["comment"])]


def test_two_reasons_are_one_notification(ada, bob, post):
    mine = factories.make_comment(ada, post)

    reply = add_comment(post, by=bob, text="A reply.", parent=mine)

    assert stored() == [("Ada", f"comment:{reply.pk}", ["reply", "comment"])]
    assert Notification.objects.get().kind == Kind.REPLY


def test_a_new_comment_tells_each_reader_at_once_and_asks_for_nothing_earlier(ada, bob, post):
    """It replies to the author of the post, who is mentioned too: one row, by one query."""
    mine = factories.make_comment(ada, post)

    with CaptureQueriesContext(connection) as asked:
        comment = add_comment(post, by=bob, text="Thanks @Ada Student!", parent=mine)

    told = Notification.objects.get()
    assert (told.reader, told.event) == (ada, f"comment:{comment.pk}")
    assert (told.kind, told.reasons) == (Kind.REPLY, ["reply", "mention", "comment"])
    about = [each["sql"] for each in asked if ' "blog_notification" ' in each["sql"]]
    assert [sql.split()[0] for sql in about] == ["INSERT"]


def test_a_stronger_reason_that_comes_later_is_the_printed_one(ada, bob, comment):
    notify([ada], Kind.COMMENT, comment, by=bob)
    notify([ada], Kind.MENTION, comment, by=bob)

    notification = Notification.objects.get()
    assert (notification.kind, notification.reasons) == (Kind.MENTION, ["mention", "comment"])


def test_a_second_reason_leaves_an_event_seen(ada, bob, comment):
    notify([ada], Kind.COMMENT, comment, by=bob)
    Notification.objects.update(seen_at=timezone.now())

    notify([ada], Kind.MENTION, comment, by=bob)

    assert not Notification.objects.unseen().exists()


def test_nobody_is_told_of_what_they_did(ada, post):
    add_comment(post, by=ada, text="A thought of my own.")

    assert stored() == []


def test_an_import_tells_nobody(bob, post):
    add_comment(post, by=bob, text="A thought.", at=timezone.now())

    assert stored() == []


def test_the_author_of_an_open_comment_is_not_told_of_a_reply_for_the_team(bob, ada, post):
    mine = factories.make_comment(bob, post)

    reply = add_comment(post, by=ada, text="Off.", parent=mine, audience=Comment.Audience.TEAM)

    assert stored() == []
    assert reply.audience == Comment.Audience.TEAM


def test_only_those_are_told_who_can_see_it(ada, bob, eve, course):
    hidden = factories.make_post(ada, course, audience=Audience.INSTRUCTORS)

    notify([bob, eve, None, ada], Kind.GIVEN, hidden)

    assert stored() == [("Ada", f"post:{hidden.pk}", ["given"])]


def test_a_comment_that_is_shown_again_is_told_once(bob, ada, instructor, post):
    comment = add_comment(post, by=bob, text="A thought.")

    hide_comment(comment, by=instructor)
    show_comment(comment, by=instructor)

    assert stored() == [("Ada", f"comment:{comment.pk}", ["comment"])]


def test_a_comment_that_waited_is_told_when_it_is_shown(ada, instructor, post):
    waiting = factories.make_comment(
        None, post, guest_name="Gus", state=Comment.State.WAITING, tied=False
    )

    show_comment(waiting, by=instructor)

    assert stored() == [("Ada", f"comment:{waiting.pk}", ["comment"])]


def test_the_database_allows_one_for_each_reader_and_event(ada, comment):
    store_notifications([notification_to(ada, Kind.COMMENT, comment)])

    with pytest.raises(IntegrityError), transaction.atomic():
        notification_to(ada, Kind.MENTION, comment).save()


@pytest.mark.parametrize("also", [True, False])
def test_the_database_wants_it_to_be_about_one_thing(ada, comment, also):
    notification = notification_to(ada, Kind.COMMENT, comment)
    if also:
        notification.post = comment.post
    else:
        notification.comment = None

    with (
        pytest.raises(IntegrityError, match="notifications_are_about_one_thing"),
        transaction.atomic(),
    ):
        notification.save()


@pytest.mark.parametrize("count", [1, 3])
def test_many_are_told_in_as_many_queries_as_one(post, course, count, django_assert_num_queries):
    readers = [factories.make_user() for _ in range(count)]

    with django_assert_num_queries(2):
        store_notifications(notification_to(each, Kind.GIVEN, post) for each in readers)

    assert Notification.objects.count() == count


def reply(bob, comment, instructor):
    MailChoices.objects.create(user=bob, has_replies_at_once=True)
    add_comment(comment.post, by=comment.post.author, text="A reply.", parent=comment)


def announce(bob, comment, instructor):
    send_announcement(comment.post.course, by=instructor, title="No class", text="On Friday.")


@pytest.mark.parametrize("action", [reply, announce])
def test_mail_is_queued_before_notifications_are_locked(bob, comment, instructor, action):
    """The order of locks is the same in all actions, so that no two wait for each other."""
    with CaptureQueriesContext(connection) as queries:
        action(bob, comment, instructor)

    written = [table for each in queries for table in re.findall(r'INTO "(\w+)"', each["sql"])]
    places = [written.index(each._meta.db_table) for each in (OutboxMessage, Notification)]
    assert places == sorted(places)


def test_an_event_that_was_told_is_not_mailed_later(bob, ada, instructor, post):
    mine = factories.make_comment(bob, post)
    reply = add_comment(post, by=ada, text="A reply.", parent=mine)
    MailChoices.objects.create(user=bob, has_replies_at_once=True)
    hide_comment(reply, by=instructor)
    show_comment(reply, by=instructor)
    OutboxMessage.objects.update(due_at=timezone.now())

    send_due_mail()

    assert mail.outbox == []
    assert not OutboxMessage.objects.exists()
