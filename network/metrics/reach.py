"""Reach of the class, and the share of the talk with the teaching team."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from network.metrics.units import UnitsOfDay, week_number, within


class Reach(NamedTuple):
    """Students by their keys: each set is part of ``students``."""

    not_answered: frozenset[int]  # no other student has written to them
    without_peer_tie: frozenset[int]  # nor have they written to another student
    tied_to_staff_only: frozenset[int]  # of those, the ones who exchanged comments with staff
    not_commented: frozenset[int]  # they have written to nobody


def reach_of(units: Iterable[UnitsOfDay], students: Collection[int]) -> Reach:
    """Return whom other students have reached; everybody who is not a student is staff."""
    everybody = frozenset(students)
    units = list(units)
    among = within(units, everybody)
    answered = {one.target for one in among}
    tied = answered | {one.source for one in among}
    in_touch = {person for one in units for person in (one.source, one.target)}
    return Reach(
        everybody - answered,
        everybody - tied,
        (everybody - tied) & in_touch,
        everybody - {one.source for one in units},
    )


class StaffShare(NamedTuple):
    """The share of ``total`` comments to staff, by staff, and among students.

    Comments from staff to staff are in the first two, so the three add up to the total or more.
    """

    to_staff: int
    by_staff: int
    among_students: int
    total: int

    def percent(self, count: int) -> float:
        return 100 * count / self.total if self.total else 0.0

    @property
    def percent_to_staff(self) -> float:
        return self.percent(self.to_staff)

    @property
    def percent_by_staff(self) -> float:
        return self.percent(self.by_staff)

    @property
    def percent_among_students(self) -> float:
        return self.percent(self.among_students)


def staff_share(units: Iterable[UnitsOfDay], students: Collection[int]) -> StaffShare:
    """Count comments, not units, by whether a student wrote them and whether to a student."""
    to_staff = by_staff = among = total = 0
    for one in units:
        total += one.events
        to_staff += one.events * (one.target not in students)
        by_staff += one.events * (one.source not in students)
        among += one.events * (one.source in students and one.target in students)
    return StaffShare(to_staff, by_staff, among, total)


def staff_share_by_week(
    units: Iterable[UnitsOfDay], students: Collection[int], first_day: date, weeks: int
) -> list[StaffShare]:
    """Return the share of each week alone, from the first to the last of so many."""
    by_week: dict[int, list[UnitsOfDay]] = defaultdict(list)
    for one in units:
        by_week[week_number(one.day, first_day)].append(one)
    return [staff_share(by_week[week], students) for week in range(1, weeks + 1)]
