"""Due times of digests. Pure.

A digest has a *slot*: an hour of its reader's clock, on each day or on one day of the week. It is
due once something has waited since before the latest slot, so nothing has to be remembered of the
digests before it: what waits after a digest has come since.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST_HOUR, LAST_HOUR = 7, 21
NIGHT = 22  # the hour from which nothing is sent until the next day's slot


@dataclass(frozen=True)
class Schedule:
    """A reader's slots: at ``hour`` in ``zone``, on ``weekday`` (0 is Monday) or on each day."""

    zone: ZoneInfo
    hour: int
    weekday: int | None = None

    def latest_slot(self, now: datetime) -> datetime:
        """Return the latest slot that is not after ``now``, in the reader's zone."""
        return max(slot for slot in self._slots_around(now) if slot.astimezone(UTC) <= now)

    def next_slot(self, now: datetime) -> datetime:
        """Return the first slot after ``now``, in the reader's zone."""
        return min(slot for slot in self._slots_around(now) if slot.astimezone(UTC) > now)

    def is_due(self, waiting_since: datetime, now: datetime) -> bool:
        """Return whether a digest is due of what has waited since a time.

        A slot that was missed, by a site that was down, is made up for at the same hours of a
        later day: not at night, and not before the hour that its reader has chosen.
        """
        if not self.hour <= now.astimezone(self.zone).hour < NIGHT:
            return False
        return waiting_since <= self.latest_slot(now).astimezone(UTC)

    def _slots_around(self, now: datetime) -> list[datetime]:
        """Return the slots of the eight days before ``now`` and the eight after it."""
        today = now.astimezone(self.zone).date()
        days = (today + timedelta(days=number) for number in range(-8, 9))
        return [
            datetime.combine(day, time(self.hour), tzinfo=self.zone)
            for day in days
            if self.weekday is None or day.weekday() == self.weekday
        ]
