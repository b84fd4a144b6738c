"""Writers and addressees by day: the input of every measure."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

Pair = tuple[int, int]  # two people, the smaller key first
Arc = tuple[int, int]  # from one person to another

WEEK = timedelta(days=7)


class UnitsOfDay(NamedTuple):
    """The units, and comments in them, of one person to another on a day (network.ties)."""

    source: int
    target: int
    day: date
    units: int
    events: int


def pair_of(one: int, other: int) -> Pair:
    return (one, other) if one <= other else (other, one)


def within(units: Iterable[UnitsOfDay], people: Collection[int]) -> list[UnitsOfDay]:
    """Return the comments between two of these people; nobody else's count."""
    return [one for one in units if one.source in people and one.target in people]


def until(units: Iterable[UnitsOfDay], day: date) -> list[UnitsOfDay]:
    """Return the comments made up to the end of a day."""
    return [one for one in units if one.day <= day]


def count_events(units: Iterable[UnitsOfDay]) -> int:
    return sum(one.events for one in units)


def arcs_of(units: Iterable[UnitsOfDay]) -> set[Arc]:
    """Return who wrote to whom, at least once."""
    return {(one.source, one.target) for one in units}


def pairs_of(units: Iterable[UnitsOfDay]) -> set[Pair]:
    """Return who exchanged comments, whoever of the two wrote."""
    return {pair_of(one.source, one.target) for one in units}


def week_number(day: date, first_day: date) -> int:
    """Return the number of a day's week, counted from 1; what is earlier is of the first."""
    return max(0, (day - first_day).days) // 7 + 1


def end_of_week(week: int, first_day: date) -> date:
    """Return the last day of a week, by its number."""
    return first_day + week * WEEK - timedelta(days=1)
