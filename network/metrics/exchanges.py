"""Who wrote to whom on which day: the input of every measure."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

Pair = tuple[int, int]  # two people, the smaller key first
Arc = tuple[int, int]  # from one person to another

WEEK = timedelta(days=7)


class Exchange(NamedTuple):
    """What one person wrote to another on a day: comments, and units they weigh as (ties.arcs)."""

    source: int
    target: int
    day: date
    units: int
    events: int


def pair_of(one: int, other: int) -> Pair:
    return (one, other) if one <= other else (other, one)


def within(exchanges: Iterable[Exchange], people: Collection[int]) -> list[Exchange]:
    """Return the exchanges between two of these people; nobody else's count."""
    return [one for one in exchanges if one.source in people and one.target in people]


def until(exchanges: Iterable[Exchange], day: date) -> list[Exchange]:
    return [one for one in exchanges if one.day <= day]


def count_events(exchanges: Iterable[Exchange]) -> int:
    return sum(one.events for one in exchanges)


def arcs_of(exchanges: Iterable[Exchange]) -> set[Arc]:
    return {(one.source, one.target) for one in exchanges}


def pairs_of(exchanges: Iterable[Exchange]) -> set[Pair]:
    return {pair_of(one.source, one.target) for one in exchanges}


def week_of(day: date, first_day: date) -> int:
    """Return the number of a day's week, counted from 1; what is earlier is of the first."""
    return max(0, (day - first_day).days) // 7 + 1


def end_of_week(week: int, first_day: date) -> date:
    return first_day + week * WEEK - timedelta(days=1)
