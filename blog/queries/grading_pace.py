"""Time for the rest of a queue at the reader's own pace."""

from dataclasses import dataclass
from statistics import median

from django.db.models import QuerySet

from blog.models import Course, Grading, GradingTime, User
from blog.models.prepared_queries import prepared

LAST_TIMES = 20  # people grow quicker, and prompts differ
FEWEST_TIMES = 3
ROUNDED_TO = 5


@dataclass(frozen=True)
class Pace:
    """``minutes`` for what is ``left``, rounded; ``count`` is of how many it is known."""

    minutes: int
    left: int
    count: int

    @property
    def hours(self) -> float | None:
        """Return the same in hours, to the half; None for less than two."""
        return round(self.minutes / 30) / 2 if self.minutes >= 120 else None


def pace_of(
    reader: User, course: Course, *, left: int, kind: str = Grading.Kind.POST
) -> Pace | None:
    """Return the time that ``left`` posts take, by the median of the reader's last ones; one query.

    Comments of students are measured apart from posts.
    None while fewer than three are known, or nothing is left, or the reader does not measure.
    """
    if not left or not reader.times_grading:
        return None
    known = _last_times.rows(None, reader=reader.pk, course=course.pk, kind=str(kind))
    if len(known) < FEWEST_TIMES:
        return None
    minutes = median(known) * left / 60
    rounded = round(minutes / ROUNDED_TO) * ROUNDED_TO if minutes > ROUNDED_TO else round(minutes)
    return Pace(max(1, rounded), left, len(known))


@prepared
def _last_times(_shape: None, reader: int, course: int, kind: str) -> QuerySet:
    times = GradingTime.objects.visible_to(User(pk=reader)).filter(prompt__course=course, kind=kind)
    return times.order_by("-measured_at").values_list("seconds", flat=True)[:LAST_TIMES]
