"""Announcements: looked at before they are sent, once, on the course home and by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog.actions.announcements import send_announcement, withdraw_announcement
from blog.actions.courses import remove_member
from blog.actions.mail_choices import stop_mail
from blog.exceptions import Refused
from blog.models import Announcement, AuditEvent, MailKind, Notification, OutboxMessage
from blog.queries.notifications import notifications_of
from blog.tasks import queue_due_digests, send_due_mail
from tests import factories
from tests.submitted import fields_of

TYPED = {"title": "No class on Friday", "text": "Read instead.\n\nhttps://example.org/ties"}
NEW = "/c/networks/announcements/new/"
SEND = "/c/networks/announcements/send/"
LIST = "/c/networks/announcements/"


@pytest.fixture
def teacher(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def announcement(course, instructor, ada, bob):
    return send_announcement(course, by=instructor, **TYPED)


def pass_ten_minutes():
    """Let the ten minutes of all that waits be over."""
    past = timezone.now() - timedelta(minutes=1)
    Announcement.objects.update(sends_at=past)
    Notification.objects.update(created_at=past)
    OutboxMessage.objects.update(due_at=past)


def html_of(client, person, address):
    client.force_login(person)
    return client.get(address).content.decode()


def test_the_form_says_that_its_text_is_plain(teacher, course):
    assert "Plain text. Web addresses become links." in teacher.get(NEW).content.decode()


def test_the_preview_sends_nothing(teacher, course, ada):
    page = teacher.get(NEW)
    previewed = teacher.post(NEW, fields_of(page, "title") | TYPED)

    html = previewed.content.decode()
    assert previewed.status_code == 200
    assert '<a href="https://example.org/ties" rel="nofollow">' in html
    assert f'formaction="{SEND}"' in html
    assert not Announcement.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_preview_of_nothing_is_none(teacher, course):
    answer = teacher.post(NEW, fields_of(teacher.get(NEW), "title") | {"title": "T", "text": " "})

    assert answer.status_code == 422
    assert "formaction" not in answer.content.decode()


def test_a_form_that_is_sent_twice_is_one_announcement(teacher, course, ada):
    sent = fields_of(teacher.get(NEW), "title") | TYPED

    answers = [teacher.post(SEND, sent) for _twice in range(2)]

    assert [answer.url for answer in answers] == [LIST, LIST]
    assert Announcement.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


def test_nobody_but_instructors_sees_it_before_its_time(
    client, course, instructor, ada, announcement
):
    home = reverse("course_home", args=["networks"])

    assert TYPED["title"] not in html_of(client, ada, LIST)
    assert TYPED["title"] not in html_of(client, ada, home)
    assert "There is something new" not in html_of(client, ada, home)
    assert notifications_of(ada).new == []
    assert "will be sent" in html_of(client, instructor, LIST)
    assert send_due_mail() == 0


def test_ten_minutes_later_everybody_has_it_once(
    client, course, instructor, ada, bob, announcement
):
    pass_ten_minutes()
    send_due_mail()
    queue_due_digests()
    send_due_mail()

    assert sorted(message.to for message in mail.outbox) == [[ada.email], [bob.email]]
    assert {message.subject for message in mail.outbox} == {TYPED["title"]}
    assert "Ines Instructor announced in Learning in networks:" in mail.outbox[0].body
    assert "Read instead." in mail.outbox[0].body
    assert "Read instead." in mail.outbox[0].alternatives[0][0]
    assert TYPED["title"] in html_of(client, ada, reverse("course_home", args=["networks"]))
    assert "Ines Instructor announced: No class" in html_of(client, ada, "/me/notifications/")


def test_a_withdrawn_one_reaches_nobody(client, teacher, ada, announcement):
    answer = teacher.post(f"{LIST}{announcement.pk}/withdraw/")
    teacher.post(f"{LIST}{announcement.pk}/withdraw/")  # a second click
    pass_ten_minutes()

    assert answer.url == LIST
    assert send_due_mail() == 0
    assert mail.outbox == []
    assert not OutboxMessage.objects.exists()
    assert TYPED["title"] not in html_of(client, ada, LIST)
    assert [event.action for event in AuditEvent.objects.all()] == [
        "announcement_withdrawn",
        "announcement_made",
    ]


def test_what_was_sent_cannot_be_withdrawn(instructor, announcement):
    pass_ten_minutes()

    with pytest.raises(Refused, match="was already sent"):
        withdraw_announcement(announcement, by=instructor)


def test_whoever_has_left_or_stopped_them_gets_no_mail(course, instructor, ada, bob, announcement):
    remove_member(course.memberships.get(user=ada), by=instructor)
    stop_mail(bob, MailKind.ANNOUNCEMENTS, by=bob)
    pass_ten_minutes()

    assert send_due_mail() == 0


def test_an_old_one_leaves_the_home_and_stays_in_the_list(client, course, instructor, ada):
    old = timezone.now() - timedelta(days=15)
    factories.make_announcement(course, instructor, "Long ago", sends_at=old)

    assert "Long ago" not in html_of(client, ada, reverse("course_home", args=["networks"]))
    assert "Long ago" in html_of(client, ada, LIST)


def test_a_text_is_no_html(client, course, instructor, ada):
    factories.make_announcement(course, instructor, "<b>T</b>", "<script>alert(1)</script>")

    html = html_of(client, ada, reverse("course_home", args=["networks"]))

    assert "<script>alert" not in html
    assert "&lt;b&gt;T&lt;/b&gt;" in html


@pytest.mark.parametrize("count", [1, 3])
def test_members_are_told_in_as_many_queries_as_one(
    course, instructor, count, django_assert_num_queries
):
    for _each in range(count):
        factories.add_member(course, factories.make_user())
    instructor.memberships_now  # noqa: B018

    with django_assert_num_queries(8):
        send_announcement(course, by=instructor, **TYPED)

    assert Notification.objects.count() == OutboxMessage.objects.count() == count


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(client, course, instructor, ada, count, django_assert_num_queries):
    for _each in range(count):
        factories.make_announcement(course, instructor)
    client.force_login(ada)

    with django_assert_num_queries(3):
        client.get(LIST)
