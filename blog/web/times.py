"""Moments, as forms send back what a page gave them."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime


def read_moment(value: str) -> datetime | None:
    """Return an aware moment, or None for what cannot be one."""
    try:
        moment = parse_datetime(value)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
