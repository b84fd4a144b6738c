"""Due mail is sent, and a mail or a server that fails only delays."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from blog.models import OutboxMessage
from blog.models.outbox import queue_mail
from blog.tasks import send_due_mail
from blog.tasks.mail import MAX_MAIL_ATTEMPTS


def queue_each(*users):
    for user in users:
        address = "https://x.example/"
        queue_mail(
            user, "feedback_released", key=user.email, course="C", prompt="P", address=address
        )
    OutboxMessage.objects.update(due_at=timezone.now())


def test_mail_not_due_waits(ada):
    queue_each(ada)
    OutboxMessage.objects.update(due_at=timezone.now() + timedelta(hours=1))

    assert send_due_mail() == 0
    assert mail.outbox == []


def test_failing_mail_server_only_delays(ada, monkeypatch):
    queue_each(ada)
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send",
        lambda self: (_ for _ in ()).throw(ConnectionRefusedError("no server")),
    )

    assert send_due_mail() == 0

    message = OutboxMessage.objects.get()
    assert (message.attempts, message.sent_at, message.last_error) == (1, None, "no server")
    assert message.due_at > timezone.now()


def test_name_with_a_line_break_makes_no_header(ada):
    queue_mail(
        ada,
        "feedback_released",
        key="k",
        course="C",
        prompt="P\r\nBcc: eve@example.org",
        address="https://x.example/",
    )
    OutboxMessage.objects.update(due_at=timezone.now())

    send_due_mail()

    (message,) = mail.outbox
    assert message.recipients() == ["ada@example.edu"]
    assert "\n" not in message.subject


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("no server"),
        smtplib.SMTPRecipientsRefused({}),
        ValueError("odd"),
        UnicodeEncodeError("idna", "é", 0, 1, "odd"),
        KeyError("odd"),
        RuntimeError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_in_one_mail_does_not_stop_the_others(ada, bob, instructor, monkeypatch, error):
    queue_each(ada, bob, instructor)
    send = EmailMessage.send

    def refuse_bobs(message):
        if message.to == [bob.email]:
            raise error
        return send(message)

    monkeypatch.setattr(EmailMessage, "send", refuse_bobs)

    assert send_due_mail() == 2
    assert [message.to for message in mail.outbox] == [[ada.email], [instructor.email]]
    stuck = OutboxMessage.objects.get(sent_at=None)
    assert (stuck.recipient, stuck.attempts) == (bob, 1)
    assert stuck.last_error in (str(error), repr(error))
    assert send_due_mail() == 0


def test_a_template_that_fails_is_an_error_of_its_own_mail(ada, bob):
    queue_each(ada, bob)
    OutboxMessage.objects.filter(recipient=ada).update(template="no_such_template")

    assert send_due_mail() == 1
    assert OutboxMessage.objects.get(sent_at=None).last_error != ""


def test_after_the_last_attempt_a_mail_waits_for_people(ada, monkeypatch):
    queue_each(ada)
    OutboxMessage.objects.update(attempts=MAX_MAIL_ATTEMPTS - 1)
    monkeypatch.setattr(EmailMessage, "send", lambda _: (_ for _ in ()).throw(OSError("no server")))

    send_due_mail()

    assert OutboxMessage.objects.get().due_at > timezone.now() + timedelta(days=3000)


@pytest.mark.django_db(transaction=True)
def test_no_mail_is_sent_inside_a_transaction_and_a_second_tick_leaves_it_alone(ada, monkeypatch):
    queue_each(ada)
    states = []

    def send(message):
        states.append((connection.in_atomic_block, send_due_mail()))

    monkeypatch.setattr(EmailMessage, "send", send)

    assert send_due_mail() == 1
    assert states == [(False, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_mail_whose_tick_died_is_sent_later(ada, monkeypatch):
    queue_each(ada)
    monkeypatch.setattr(EmailMessage, "send", lambda _: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        send_due_mail()
    monkeypatch.undo()
    assert OutboxMessage.objects.get().due_at > timezone.now()
    OutboxMessage.objects.update(due_at=timezone.now())

    assert send_due_mail() == 1


def test_a_slow_mail_server_has_its_time_and_the_rest_waits(ada, bob, monkeypatch):
    queue_each(ada, bob)
    monkeypatch.setattr("blog.tasks.mail.MAIL_SECONDS_PER_TICK", -1)

    assert [send_due_mail(), send_due_mail(), send_due_mail()] == [1, 1, 0]
