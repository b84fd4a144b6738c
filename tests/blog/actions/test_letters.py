from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from blog.models import OutboxMessage
from blog.models.outbox import next_daytime, queue_mail
from blog.tasks import send_due_mail

VANCOUVER = ZoneInfo("America/Vancouver")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 2, 12, 0), datetime(2026, 11, 2, 12, 0)),
        (datetime(2026, 11, 2, 7, 0), datetime(2026, 11, 2, 7, 0)),
        (datetime(2026, 11, 2, 6, 59), datetime(2026, 11, 2, 7, 0)),
        (datetime(2026, 11, 2, 22, 0), datetime(2026, 11, 3, 7, 0)),
        (datetime(2026, 10, 31, 23, 30), datetime(2026, 11, 1, 7, 0)),  # clocks go back
    ],
)
def test_next_waking_moment(moment, expected):
    local = moment.replace(tzinfo=VANCOUVER)

    waking = next_daytime(local.astimezone(UTC), VANCOUVER)

    assert waking == expected.replace(tzinfo=VANCOUVER)


def write(user):
    queue_mail(
        user, "feedback_released", key="k", course="C", prompt="P", address="https://x.example/"
    )
    OutboxMessage.objects.update(due_at=timezone.now())


def test_write_letter_twice_is_one(ada):
    write(ada)
    write(ada)

    assert OutboxMessage.objects.count() == 1


def test_letter_not_due_waits(ada):
    write(ada)
    OutboxMessage.objects.update(due_at=timezone.now() + timedelta(hours=1))

    assert send_due_mail() == 0
    assert mail.outbox == []


def test_failing_mail_server_only_delays(ada, monkeypatch):
    write(ada)
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send",
        lambda self: (_ for _ in ()).throw(ConnectionRefusedError("no server")),
    )

    assert send_due_mail() == 0

    letter = OutboxMessage.objects.get()
    assert (letter.attempts, letter.sent_at, letter.last_error) == (1, None, "no server")
    assert letter.due_at > timezone.now()


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

    (letter,) = mail.outbox
    assert letter.recipients() == ["ada@example.edu"]
    assert "\n" not in letter.subject


def test_tick_sends_what_is_due(ada, capsys):
    write(ada)

    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out.splitlines() == [
        *("Mails sent: 1", "Works verified: 0"),
        *("Mails sent: 0", "Works verified: 0"),
    ]
    assert len(mail.outbox) == 1
