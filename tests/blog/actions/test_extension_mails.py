"""News of an extension to a student: one notification and one mail, as it is by then."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from blog.actions.extensions import give_extension, take_back_extension
from blog.actions.mail_choices import stop_mail
from blog.models import MailKind, Notification, OutboxMessage, Prompt
from blog.queries.notifications import notifications_of
from blog.tasks.mail import send_due_mail
from blog.templatetags.dates import at_time
from blog.templatetags.notifications import in_words
from tests import factories


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course)


def later(prompt, days):
    return prompt.due_at + timedelta(days=days)


def send():
    """Send what is queued, as if its time had come; return the subjects and texts."""
    mail.outbox.clear()
    OutboxMessage.objects.update(due_at=timezone.now())
    send_due_mail()
    return [(message.subject, " ".join(message.body.split())) for message in mail.outbox]


def told(person):
    person.__dict__.pop("memberships_now", None)
    shown = notifications_of(person).new
    return [re.sub("[\u2068\u2069]", "", in_words(each, person)) for each in shown]


def test_a_student_is_told_of_more_time_and_nobody_else_is(prompt, course, ada, bob, instructor):
    give_extension(prompt, ada, by=instructor, until=later(prompt, 2))

    until = at_time(later(prompt, 2), course)
    assert told(ada) == [f"You have more time for Blog post 1, until {until}"]
    assert told(bob) == told(instructor) == []
    [(subject, text)] = send()
    assert (mail.outbox[0].to, subject) == ([ada.email], "More time for Blog post 1")
    assert f"until {until} (time zone: {course.time_zone})" in text
    assert prompt.get_absolute_url() in text


def test_changes_that_follow_each_other_are_one_mail_and_one_notification(
    prompt, course, ada, instructor
):
    for days in (2, 3, 3):
        give_extension(prompt, ada, by=instructor, until=later(prompt, days))

    until = at_time(later(prompt, 3), course)
    assert told(ada) == [f"You have more time for Blog post 1, until {until}"]
    [(_subject, text)] = send()
    assert until in text


def test_a_move_after_the_mail_is_told_again(prompt, course, ada, instructor):
    give_extension(prompt, ada, by=instructor, until=later(prompt, 2))
    send()

    give_extension(prompt, ada, by=instructor, until=later(prompt, 3))

    [(_subject, text)] = send()
    assert at_time(later(prompt, 3), course) in text
    assert Notification.objects.count() == 1


def test_a_withdrawal_is_told_with_the_due_date_of_all(prompt, course, ada, instructor):
    extension = give_extension(prompt, ada, by=instructor, until=later(prompt, 2))
    send()

    take_back_extension(extension, by=instructor)
    take_back_extension(extension, by=instructor)  # a second click

    assert told(ada) == ["You no longer have more time for Blog post 1"]
    [(subject, text)] = send()
    assert subject == "No more time for Blog post 1"
    assert f"for everyone else: {at_time(prompt.due_at, course)}" in text


def test_whoever_stopped_these_mails_finds_it_on_the_site_alone(prompt, ada, instructor):
    stop_mail(ada, MailKind.EXTENSIONS, by=ada)
    ada.refresh_from_db()

    give_extension(prompt, ada, by=instructor, until=later(prompt, 2))

    assert send() == []
    assert len(told(ada)) == 1


@pytest.mark.parametrize("left", ["the course", "the prompt"])
def test_nothing_is_told_of_what_a_student_does_not_see(prompt, course, ada, instructor, left):
    give_extension(prompt, ada, by=instructor, until=later(prompt, 2))
    if left == "the course":
        course.memberships.filter(user=ada).update(ended_at=timezone.now())
    else:
        Prompt.objects.update(is_draft=True)

    assert told(ada) == []
    assert send() == []


def test_notifications_of_extensions_lead_to_the_prompt(client, prompt, ada, instructor):
    give_extension(prompt, ada, by=instructor, until=later(prompt, 2))
    client.force_login(ada)

    page = client.get("/me/notifications/").content.decode()

    assert f'href="{prompt.get_absolute_url()}"' in page


def test_a_mail_that_failed_once_is_not_sent_beside_a_later_one(prompt, ada, instructor):
    give_extension(prompt, ada, by=instructor, until=later(prompt, 2))
    OutboxMessage.objects.update(attempts=1)

    give_extension(prompt, ada, by=instructor, until=later(prompt, 3))

    assert OutboxMessage.objects.count() == 2
    assert len(send()) == 1
