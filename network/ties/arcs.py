"""Read the arcs of a course at a date: as they are stored, or from its units and their days.

What is stored is weighed from one landmark, which moves with a long course: it is made for the
tie date and for one person's page. The days of the units hold for every date. Whole courses are
always read from them, and so is the past; the sums are Python's integers, without a limit.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from blog.models import Course, User
from blog.models.prepared_queries import prepared
from network.metrics.units import UnitsOfDay
from network.models import TieArc, TieClock, TieUnit
from network.ties.classes import EMPTY_ARC, ArcTotals, Decay
from network.ties.clock import clock_of, decay_on, tie_date
from network.ties.decay import weight

Totals = dict[tuple[int, int], ArcTotals]  # by source and target


class ArcsAtDate(NamedTuple):
    """The totals of arcs, and how far they have decayed at that date."""

    decay: Decay
    totals: Totals


def read_arcs(course: Course, as_of: date | None = None) -> ArcsAtDate:
    """Return the arcs of a course, from the units up to ``as_of``.

    Without a date: all units there are, at the course's tie date.
    """
    return weigh(clock_of(course), units_by_day(course, as_of), as_of or tie_date(course))


def read_own_arcs(
    clock: TieClock, person: User, units: Iterable[UnitsOfDay], as_of: date | None
) -> ArcsAtDate:
    """Return the arcs from and to a person at a date, given all their ``units`` up to it.

    Without a date they are read as they are stored.
    """
    course = clock.course
    day = as_of or tie_date(course)
    # A landmark that is not later than the course has weighed its units with all their bits.
    if as_of is None and clock.landmark <= course.starts_on:
        return ArcsAtDate(decay_on(clock, day), _stored(course, person))
    return weigh(clock, [one for one in units if as_of is None or one.day <= as_of], day)


def weigh(clock: TieClock, units: Iterable[UnitsOfDay], day: date) -> ArcsAtDate:
    """Return the totals of units, and how far they have decayed on a day.

    Weighed from the clock's landmark, so that what fits it equals what is stored, or from the
    first unit if that is earlier: no weight is smaller than 1.
    """
    units = list(units)
    landmark = min([clock.landmark, *(unit.day for unit in units)])
    totals: Totals = {}
    for unit in units:
        acc, count, events = totals.get((unit.source, unit.target), EMPTY_ARC)
        acc += unit.units * weight((unit.day - landmark).days, clock.half_life)
        totals[unit.source, unit.target] = ArcTotals(acc, count + unit.units, events + unit.events)
    return ArcsAtDate(Decay((day - landmark).days, clock.half_life), totals)


def units_until(course: Course | int, as_of: date | None) -> QuerySet[TieUnit]:
    """Return the units of a course up to a day, or all of them."""
    units = TieUnit.objects.filter(course=course)
    return units if as_of is None else units.filter(day__lte=as_of)


def units_by_day(
    course: Course, as_of: date | None = None, person: User | None = None
) -> Iterable[UnitsOfDay]:
    """Return the units of a course, or those from and to a person, summed by two people and day."""
    if person:
        until = {"as_of": as_of} if as_of else {}
        rows = _units_of.rows(None, course=course.pk, person=person.pk, **until)
    else:
        rows = _summed(units_until(course, as_of))
    return map(UnitsOfDay._make, rows)


@prepared
def _units_of(_shape: None, course: int, person: int, as_of: date | None = None) -> QuerySet:
    return _of(_summed(units_until(course, as_of)), person)


def _summed(units: QuerySet[TieUnit]) -> QuerySet:
    return (
        units.values("source", "target", "day")
        .annotate(count=Count("pk"), all_events=Sum("events"))
        .order_by()
        .values_list("source", "target", "day", "count", "all_events")
    )


def _stored(course: Course, person: User) -> Totals:
    rows = _arcs_of.rows(None, course=course.pk, person=person.pk)
    return {(source, target): ArcTotals(*totals) for source, target, *totals in rows}


@prepared
def _arcs_of(_shape: None, course: int, person: int) -> QuerySet:
    arcs = TieArc.objects.filter(course=course)
    return _of(arcs.values_list("source", "target", "acc", "units", "events"), person)


def _of(rows: QuerySet, person: int) -> QuerySet:
    """Return the rows from and to a person.

    As two halves: where SQLite has no statistics, which is everywhere, it answers an OR by going
    through the whole course, and each half by an index.
    """
    return rows.filter(source=person).union(rows.filter(target=person), all=True)
