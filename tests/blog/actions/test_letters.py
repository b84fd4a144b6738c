from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from blog.actions.letters import next_waking_moment, send_due_letters, write_letter
from blog.models import Outbox

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

    waking = next_waking_moment(local.astimezone(UTC), VANCOUVER)

    assert waking == expected.replace(tzinfo=VANCOUVER)


def write(user):
    write_letter(
        user, "feedback_released", key="k", course="C", prompt="P", address="https://x.example/"
    )
    Outbox.objects.update(due_at=timezone.now())


def test_write_letter_twice_is_one(ada):
    write(ada)
    write(ada)

    assert Outbox.objects.count() == 1


def test_letter_not_due_waits(ada):
    write(ada)
    Outbox.objects.update(due_at=timezone.now() + timedelta(hours=1))

    assert send_due_letters() == 0
    assert mail.outbox == []


def test_failing_mail_server_only_delays(ada, monkeypatch):
    write(ada)
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send",
        lambda self: (_ for _ in ()).throw(ConnectionRefusedError("no server")),
    )

    assert send_due_letters() == 0

    letter = Outbox.objects.get()
    assert (letter.attempts, letter.sent_at, letter.last_error) == (1, None, "no server")
    assert letter.due_at > timezone.now()


def test_name_with_a_line_break_makes_no_header(ada):
    write_letter(
        ada,
        "feedback_released",
        key="k",
        course="C",
        prompt="P\r\nBcc: eve@example.org",
        address="https://x.example/",
    )
    Outbox.objects.update(due_at=timezone.now())

    send_due_letters()

    (letter,) = mail.outbox
    assert letter.recipients() == ["ada@example.edu"]
    assert "\n" not in letter.subject


def test_tick_sends_what_is_due(ada, capsys):
    write(ada)

    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out.splitlines() == [
        *("Letters sent: 1", "Works checked: 0"),
        *("Letters sent: 0", "Works checked: 0"),
    ]
    assert len(mail.outbox) == 1
