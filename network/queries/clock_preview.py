"""Numbers of ties of each class under each half-life: the whole class alone."""

from collections import Counter
from dataclasses import dataclass

from blog.models import Course, Membership
from network.metrics.units import within
from network.models import TieClock
from network.ties import TieClass, clock_of, tie_date
from network.ties.arcs import units_by_day
from network.ties.pairs import classes_on


@dataclass(frozen=True)
class HalfLifePreview:
    """One half-life a course can have, and the number of ties of each class under it today."""

    half_life: TieClock.HalfLife
    is_chosen: bool
    strong: int
    weak: int
    very_weak: int


def preview_half_lives(course: Course) -> list[HalfLifePreview]:
    """Count the pairs of students who exchanged comments, by class, under every half-life.

    Follows alone are left out: no half-life changes them. Members who are in the course now.
    """
    students = Membership.objects.in_course(course).active().students()
    units = within(units_by_day(course), set(students.values_list("user", flat=True)))
    clock, today = clock_of(course), tie_date(course)
    previews = []
    for half_life in TieClock.HalfLife:
        other = TieClock(course_id=course.pk, landmark=clock.landmark, half_life=half_life)
        classes = Counter(classes_on(other, units, today).values())
        previews.append(
            HalfLifePreview(
                half_life,
                half_life == clock.half_life,
                classes[TieClass.STRONG],
                classes[TieClass.WEAK],
                classes[TieClass.VERY_WEAK],
            )
        )
    return previews
