"""Digests and mail about replies: when they go out, what they say, and to whom they say nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from blog.actions.comments import add_comment, delete_comment, hide_comment, show_comment
from blog.actions.courses import remove_member
from blog.actions.mail_choices import stop_mail
from blog.models import (
    Audience,
    Comment,
    MailChoices,
    MailKind,
    Notification,
    OutboxMessage,
    Post,
    User,
)
from blog.tasks import digests, queue_due_digests, send_due_mail
from network.models import Intention
from tests import factories

Kind = Notification.Kind


class Clock:
    """The time that the site goes by: a Monday evening in UTC, until a test moves it."""

    def __init__(self):
        self.now = datetime(2026, 11, 2, 20, 0, tzinfo=UTC)

    def go_to(self, *fields):
        self.now = datetime(*fields, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock


@pytest.fixture
def course(clock, instructor):
    """Return the course, made when the clock of the tests shows its time."""
    return factories.make_course("networks", instructor=instructor)


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Half-open doors")


@pytest.fixture
def comment(bob, post):
    return add_comment(post, by=bob, text="And who *opens* the upper half?")


def tick():
    queue_due_digests()
    return send_due_mail()


def choose(person, **choices):
    MailChoices.objects.update_or_create(user=person, defaults=choices)


def test_a_comment_comes_with_the_digest_of_the_next_morning(clock, ada, comment):
    clock.go_to(2026, 11, 3, 7, 59)
    before = tick()

    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    [message] = mail.outbox
    assert before == 0
    assert (message.to, message.subject) == ([ada.email], "New for you, Tue 3 Nov")
    assert "* Bob Student commented on Half-open doors" in message.body
    assert "“And who opens the upper half?”" in message.body
    assert f"/c/networks/posts/{comment.post.slug}/#c{comment.pk}" in message.body


def test_a_digest_has_both_forms_and_can_be_stopped_in_one_click(clock, comment):
    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    [message] = mail.outbox
    [(html, kind)] = message.alternatives
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert kind == "text/html"
    assert "Bob Student commented on Half-open doors" in html
    assert address.startswith("http")
    assert address in html
    assert address in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_people_write_is_no_html(clock, bob, ada, course):
    post = factories.make_post(ada, course, "<b>Bold</b> & free")
    add_comment(post, by=bob, text="1 < 2 & `<script>`")
    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    [message] = mail.outbox
    [(html, _kind)] = message.alternatives
    assert "<b>Bold</b> & free" in message.body
    assert "1 < 2 & <script>" in message.body
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; free" in html
    assert "1 &lt; 2 &amp; &lt;script&gt;" in html


def test_an_event_is_mailed_once_whatever_the_number_of_ticks(clock, comment):
    for hour in (8, 8, 9, 21):
        clock.go_to(2026, 11, 3, hour, 0)
        tick()
    clock.go_to(2026, 11, 4, 8, 0)
    tick()

    assert len(mail.outbox) == 1


def test_a_digest_reminds_of_what_its_reader_wants_to_do_this_week(clock, course, ada, comment):
    for week, text in [(date(2026, 10, 26), "sleep"), (date(2026, 11, 2), "answer everyone")]:
        Intention.objects.create(course=course, person=ada, week=week, text=text)
    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    [message] = mail.outbox
    html = message.alternatives[0][0]
    assert "What you want to do this week: “answer everyone”" in message.body
    assert "What you want to do this week: <bdi>“answer everyone”</bdi>" in html
    assert "sleep" not in message.body + html


def test_what_comes_after_a_digest_waits_for_the_next_day(clock, bob, post, comment):
    clock.go_to(2026, 11, 3, 8, 0)
    tick()
    clock.go_to(2026, 11, 3, 8, 30)
    add_comment(post, by=bob, text="Another thought.")
    clock.go_to(2026, 11, 3, 20, 0)
    tick()
    clock.go_to(2026, 11, 4, 8, 0)
    tick()

    assert [message.subject for message in mail.outbox] == [
        "New for you, Tue 3 Nov",
        "New for you, Wed 4 Nov",
    ]
    assert "upper half" not in mail.outbox[1].body


def test_a_later_hour_on_the_same_day_brings_no_second_digest(clock, ada, bob, post, comment):
    clock.go_to(2026, 11, 3, 8, 0)
    tick()
    add_comment(post, by=bob, text="Another thought.")
    choose(ada, hour=18)
    clock.go_to(2026, 11, 3, 18, 30)
    tick()
    assert len(mail.outbox) == 1

    clock.go_to(2026, 11, 4, 18, 0)
    tick()

    assert len(mail.outbox) == 2


def test_a_day_that_was_missed_is_made_up_for_once(clock, comment):
    clock.go_to(2026, 11, 6, 13, 0)
    tick()
    tick()

    assert [message.subject for message in mail.outbox] == ["New for you, Fri 6 Nov"]


def test_the_hour_is_that_of_the_reader(clock, ada, comment):
    User.objects.filter(pk=ada.pk).update(time_zone="America/Los_Angeles")
    choose(ada, hour=17)
    clock.go_to(2026, 11, 3, 0, 59)  # 16:59 of the day before, in Los Angeles
    assert tick() == 0

    clock.go_to(2026, 11, 3, 1, 0)
    tick()

    assert [message.subject for message in mail.outbox] == ["New for you, Mon 2 Nov"]


def test_a_weekly_digest_comes_on_its_day(clock, ada, comment):
    choose(ada, rhythm="weekly", weekday=5, hour=9)
    for day in range(3, 7):
        clock.go_to(2026, 11, day, 12, 0)
        assert tick() == 0

    clock.go_to(2026, 11, 7, 9, 0)
    tick()

    assert [message.subject for message in mail.outbox] == ["New for you, Sat 7 Nov"]
    assert "once a week, on Saturday" in mail.outbox[0].alternatives[0][0]


def test_whoever_wants_no_digest_gets_none(clock, ada, comment):
    choose(ada, has_digest=False)
    clock.go_to(2026, 11, 3, 8, 0)

    assert tick() == 0
    assert not OutboxMessage.objects.exists()


def test_a_kind_that_is_left_out_makes_no_mail(clock, ada, comment):
    choose(ada, left_out=["comment"])
    clock.go_to(2026, 11, 3, 8, 0)

    assert tick() == 0
    assert not OutboxMessage.objects.exists()


def test_what_was_seen_is_not_mailed(clock, ada, comment):
    Notification.objects.update(seen_at=clock.now)
    clock.go_to(2026, 11, 3, 8, 0)

    assert tick() == 0


def test_a_digest_says_what_waits_for_a_first_comment(clock, ada, bob, instructor, comment):
    factories.make_post(bob, comment.post.course, "Snow that remembers")
    factories.make_post(bob, comment.post.course, "Not for Ada", audience=Audience.INSTRUCTORS)
    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    [message] = mail.outbox
    [(html, _kind)] = message.alternatives
    assert "* Snow that remembers, by Bob Student" in message.body
    assert "Snow that remembers</a>" in html
    assert "Not for Ada" not in message.body + html


def test_what_only_waits_for_a_comment_makes_no_mail(clock, ada, bob, course):
    factories.make_post(bob, course, "Snow that remembers")
    clock.go_to(2026, 11, 3, 8, 0)

    assert tick() == 0


# Visibility is asked again when the mail is sent


def delete(comment, instructor):
    delete_comment(comment, by=comment.author)


def hide_from_ada(comment, instructor):
    """Hide a comment on a post that is no longer Ada's to read."""
    hide_comment(comment, by=instructor)
    Post.objects.update(author=instructor)


def withdraw_from_her(comment, instructor):
    remove_member(comment.post.course.memberships.get(user=comment.post.author), by=instructor)


def keep_to_team(comment, instructor):
    Post.objects.update(author=instructor, audience=Audience.INSTRUCTORS)


def stop(comment, instructor):
    stop_mail(comment.post.author, MailKind.DIGEST, by=comment.post.author)


@pytest.mark.parametrize("change", [delete, hide_from_ada, withdraw_from_her, keep_to_team, stop])
def test_between_the_queue_and_the_mail_what_cannot_be_seen_falls_out(
    clock, comment, instructor, change
):
    clock.go_to(2026, 11, 3, 8, 0)
    assert queue_due_digests() == 1

    change(comment, instructor)

    assert send_due_mail() == 0
    assert mail.outbox == []
    assert not OutboxMessage.objects.exists()


def test_a_confidential_classmate_has_a_neutral_name(clock, bob, comment):
    bob.memberships.update(is_confidential=True)
    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    [message] = mail.outbox
    assert "Bob" not in message.body + message.alternatives[0][0]
    assert f"{bob.neutral_name} commented on Half-open doors" in message.body


# Two ticks, and a crash


def test_two_ticks_at_once_queue_one_digest(clock, comment, monkeypatch):
    clock.go_to(2026, 11, 3, 8, 0)
    queue = digests._queue_digest

    def meanwhile_another_does(*args):
        monkeypatch.setattr(digests, "_queue_digest", queue)
        queue(*args)
        return queue(*args)

    monkeypatch.setattr(digests, "_queue_digest", meanwhile_another_does)

    assert queue_due_digests() == 0
    assert OutboxMessage.objects.count() == 1
    assert send_due_mail() == 1


def test_what_comes_while_two_ticks_queue_is_not_lost(clock, bob, post, comment, monkeypatch):
    """The second tick finds the key taken; what came between waits for the next digest."""
    clock.go_to(2026, 11, 3, 8, 0)
    assert queue_due_digests() == 1
    late = add_comment(post, by=bob, text="In between.")
    Notification.objects.filter(comment=late).update(created_at=clock.now - timedelta(minutes=1))

    tick()

    assert "In between" not in mail.outbox[0].body
    clock.go_to(2026, 11, 4, 8, 0)
    tick()
    assert "In between" in mail.outbox[1].body


def test_a_mail_server_that_is_down_only_delays_a_digest(clock, comment, monkeypatch):
    send = EmailMessage.send
    monkeypatch.setattr(EmailMessage, "send", lambda _: (_ for _ in ()).throw(OSError("down")))
    clock.go_to(2026, 11, 3, 8, 0)
    assert tick() == 0

    monkeypatch.setattr(EmailMessage, "send", send)
    clock.go_to(2026, 11, 3, 9, 0)
    tick()

    assert len(mail.outbox) == 1
    assert "upper half" in mail.outbox[0].body


def test_a_tick_that_dies_while_it_queues_leaves_nothing_half(clock, comment, monkeypatch):
    clock.go_to(2026, 11, 3, 8, 0)
    monkeypatch.setattr(
        "django.db.models.query.QuerySet.update", lambda *_, **__: (_ for _ in ()).throw(SystemExit)
    )
    with pytest.raises(SystemExit):
        queue_due_digests()
    monkeypatch.undo()

    assert not OutboxMessage.objects.exists()
    assert Notification.objects.not_mailed().count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_tick_without_a_due_digest_asks_as_little_for_many(
    clock, course, count, django_assert_num_queries
):
    for _each in range(count):
        reader = factories.make_user()
        factories.add_member(course, reader)
        add_comment(
            factories.make_post(reader, course), by=course.memberships.first().user, text="T"
        )

    with django_assert_num_queries(3):
        assert queue_due_digests() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_digest_of_many_is_asked_for_as_one_of_one(
    clock, bob, post, count, django_assert_num_queries
):
    for _each in range(count):
        add_comment(post, by=bob, text="A thought.")
    clock.go_to(2026, 11, 3, 8, 0)
    queue_due_digests()

    with django_assert_num_queries(13):  # one of them: whom the reader has muted
        assert send_due_mail() == 1


# Replies at once


@pytest.fixture
def reply(ada, bob, post):
    choose(bob, has_replies_at_once=True)
    return add_comment(
        post, by=ada, text="Well, *you* do.", parent=factories.make_comment(bob, post)
    )


def test_a_reply_is_mailed_at_once_to_whoever_asked_for_it(clock, bob, reply):
    assert send_due_mail() == 0  # an edit in the first minutes comes along

    clock.go_to(2026, 11, 2, 20, 5)
    send_due_mail()
    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    [message] = mail.outbox
    assert (message.to, message.subject) == (
        [bob.email],
        "Ada Student replied to your comment on Half-open doors",
    )
    assert "“Well, you do.”" in message.body
    assert message.alternatives


def test_at_night_a_reply_waits_for_the_morning(clock, bob, ada, post):
    clock.go_to(2026, 11, 2, 23, 0)
    choose(bob, has_replies_at_once=True)

    add_comment(post, by=ada, text="Late.", parent=factories.make_comment(bob, post))

    due = OutboxMessage.objects.get().due_at
    assert due == datetime(2026, 11, 3, 7, 0, tzinfo=UTC)


def test_a_deleted_reply_is_not_mailed(clock, ada, reply):
    delete_comment(reply, by=ada)
    clock.go_to(2026, 11, 2, 21, 0)

    assert send_due_mail() == 0
    assert mail.outbox == []


def test_a_reply_is_in_the_digest_of_whoever_did_not_ask_for_more(clock, ada, bob, post):
    add_comment(post, by=ada, text="Well.", parent=factories.make_comment(bob, post))
    clock.go_to(2026, 11, 2, 21, 0)
    assert send_due_mail() == 0

    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    assert "* Ada Student replied to your comment on Half-open doors" in mail.outbox[0].body


def test_the_comments_of_a_guest_have_the_name_they_gave(clock, ada, course, instructor):
    post = factories.make_post(ada, course, "Open", audience=Audience.PUBLIC)
    guest = factories.make_comment(None, post, guest_name="Gus", audience=Comment.Audience.EVERYONE)
    hide_comment(guest, by=instructor)
    show_comment(guest, by=instructor)
    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    assert "* Gus, guest, commented on Open" in mail.outbox[0].body


def test_who_wants_digests_again_is_not_told_of_what_is_old(clock, bob, ada, post, comment):
    choose(ada, has_digest=False)
    clock.go_to(2026, 11, 20, 20, 0)
    late = add_comment(post, by=bob, text="After weeks.")
    choose(ada, has_digest=True)
    clock.go_to(2026, 11, 21, 8, 0)
    tick()

    [message] = mail.outbox
    assert f"#c{late.pk}" in message.body
    assert f"#c{comment.pk}" not in message.body
    assert Notification.objects.not_mailed().get().event == f"comment:{comment.pk}"


def test_a_digest_of_very_many_says_where_the_others_are(clock, bob, post, comment, monkeypatch):
    monkeypatch.setattr("blog.queries.mails.MAX_LISTED", 1)
    newest = add_comment(post, by=bob, text="Another thought.")
    clock.go_to(2026, 11, 3, 8, 0)
    tick()

    [message] = mail.outbox
    [(html, _kind)] = message.alternatives
    for text in (message.body, html):
        assert f"#c{newest.pk}" in text
        assert f"#c{comment.pk}" not in text
        assert "There is more." in text
        assert "/me/notifications/" in text
        assert "caught up" not in text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole")
def test_due_digests_are_looked_up_in_an_index(comment):
    found = Notification.objects.for_digest(timezone.now())

    assert "unseen_notifications_by_mail" in found.explain()
