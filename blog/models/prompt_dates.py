"""The dates of prompts: what their minutes mean, and when a prompt is open."""

from datetime import UTC, datetime, timedelta, tzinfo

from django.db.models import Q
from django.utils import timezone

ONE_MINUTE = timedelta(minutes=1)
DATES = ("opens_at", "due_at", "comments_due_at")
# Before the comments are due: when posts without a comment are offered to whoever has commented,
# and when the teaching team sees them.
OFFERS_BEGIN = timedelta(hours=48)
LAST_DAY = timedelta(hours=24)


def moment_on_clock(shown: datetime, zone: tzinfo) -> datetime:
    """Return the moment of a clock time in a zone, in UTC; of two such moments it is the first.

    A time that the clock skips is taken as if it had not been put forward yet.
    """
    return shown.replace(tzinfo=zone).astimezone(UTC)


def same_clock_time(moment: datetime, zone: tzinfo, other: tzinfo) -> datetime:
    """Return the moment, in UTC, of the same clock time in another zone.

    A time that a clock skips is taken as if it had not been put forward yet.
    """
    return moment_on_clock(moment.astimezone(zone), other)


def days_after(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """Return the moment of the same clock time so many days later, in UTC."""
    return moment_on_clock(moment.astimezone(zone) + timedelta(days=days), zone)


def minute_after(moment: datetime) -> datetime:
    """Return the first moment after the minute of a date: a date includes its minute."""
    return moment.replace(second=0, microsecond=0) + ONE_MINUTE


def opened_rules(prefix: str = "", now: datetime | None = None) -> Q:
    """Return the condition that a prompt is open to its course now; ``prefix`` leads to it."""
    return Q(**{f"{prefix}is_draft": False, f"{prefix}opens_at__lte": now or timezone.now()})
