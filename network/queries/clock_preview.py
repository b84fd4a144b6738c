"""How many ties a course would have of each class under each half-life: the whole class alone."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from blog.models import Course, Membership
from network.models import TieClock, TieUnit
from network.ties import TieClass, clock_of, tie_date
from network.ties.arcs import UnitsOfDay, weigh
from network.ties.classes import EMPTY_ARC


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
    clock = clock_of(course)
    units = _units_between_students(course)
    days: dict[frozenset[int], set[date]] = defaultdict(set)
    for unit in units:
        days[frozenset((unit.source, unit.target))].add(unit.day)
    return [
        _preview(clock, half_life, units, days, tie_date(course)) for half_life in TieClock.HalfLife
    ]


def _preview(clock, half_life, units, days, today) -> HalfLifePreview:
    other = TieClock(course_id=clock.course_id, landmark=clock.landmark, half_life=half_life)
    decay, totals = weigh(other, units, today)
    classes: Counter[TieClass] = Counter()
    for pair, contact_days in days.items():
        one, another = sorted(pair)
        out, back = totals.get((one, another), EMPTY_ARC), totals.get((another, one), EMPTY_ARC)
        classes[decay.classify(out, back, len(contact_days))] += 1
    return HalfLifePreview(
        half_life,
        half_life == clock.half_life,
        classes[TieClass.STRONG],
        classes[TieClass.WEAK],
        classes[TieClass.VERY_WEAK],
    )


def _units_between_students(course: Course) -> list[UnitsOfDay]:
    students = Membership.objects.in_course(course).active().students().values("user")
    rows = (
        TieUnit.objects.filter(course=course, source__in=students, target__in=students)
        .values("source", "target", "day")
        .annotate(count=Count("pk"), all_events=Sum("events"))
        .order_by()
        .values_list("source", "target", "day", "count", "all_events")
    )
    return [UnitsOfDay(*row) for row in rows]
