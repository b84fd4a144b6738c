"""Moments as WordPress writes them. Pure."""

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

WRITTEN = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?")
FIRST_YEAR = 1970  # what is earlier is a date that was never set


def moment_of(gmt: str, local: str, published: str, zone: tzinfo) -> datetime | None:
    """Return the publication time, in UTC; None if no date says so.

    ``gmt`` is the best, and all noughts in drafts. ``local`` is on the clock of that blog, which
    a file does not name: ``zone`` stands for it.
    """
    return _written(gmt, UTC) or _written(local, zone) or _mailed(published)


def _written(words: str, zone: tzinfo) -> datetime | None:
    found = WRITTEN.match(words.strip())
    if found is None:
        return None
    try:
        at = datetime(*(int(part or 0) for part in found.groups()), tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError):
        return None
    return at if at.year >= FIRST_YEAR else None


def _mailed(words: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(words.strip())
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.year >= FIRST_YEAR else None
