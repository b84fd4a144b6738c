"""Times of the next try of a failed task."""

from datetime import datetime, timedelta

from django.utils import timezone

RETRY_AFTER = timedelta(minutes=10)
MAX_RETRY_AFTER = timedelta(days=1)
NEVER = timedelta(days=3650)  # until a person looks at it


def next_try(failures: int) -> datetime:
    """Return the time of the next try: the wait doubles with each failure, up to a day."""
    return timezone.now() + min(RETRY_AFTER * 2**failures, MAX_RETRY_AFTER)
