"""Moments, as forms send back what a page gave them."""

from datetime import UTC, datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime


def read_moment(value: str) -> datetime | None:
    """Return an aware moment, in UTC, or None for what cannot be one.

    At both ends of the calendar there are local times that no moment in UTC has.
    """
    try:
        moment = parse_datetime(value)
        return moment.astimezone(UTC) if moment and timezone.is_aware(moment) else None
    except (ValueError, OverflowError):
        return None
