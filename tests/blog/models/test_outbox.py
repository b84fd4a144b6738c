"""The outbox: when mail goes out, and that an action done twice mails once."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from blog.models import OutboxMessage
from blog.models.outbox import next_daytime, queue_mail

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
def test_next_daytime(moment, expected):
    local = moment.replace(tzinfo=VANCOUVER)

    waking = next_daytime(local.astimezone(UTC), VANCOUVER)

    assert waking == expected.replace(tzinfo=VANCOUVER)


def queue(user):
    queue_mail(
        user, "feedback_released", key="k", course="C", prompt="P", address="https://x.example/"
    )
    OutboxMessage.objects.update(due_at=timezone.now())


def test_queue_mail_twice_is_one(ada):
    queue(ada)
    queue(ada)

    assert OutboxMessage.objects.count() == 1
