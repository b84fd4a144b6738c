"""The figures of a class network: computed from its units, and cached for the day.

Only keys of people are in the cache: who reads it, and by which names, is not known here. The
key has the course's date, as ties fade at its midnight, and the state of units and members, so a
comment's arrival makes new figures at once.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from django.core.cache import cache

from blog.models import Course, Membership
from network.metrics import concentration, groups, structure, units
from network.metrics.comparison import Comparison, Window, compare
from network.metrics.reach import Reach, StaffShare, reach_of, staff_share, staff_share_by_week
from network.metrics.units import Pair, UnitsOfDay, end_of_week, week_number
from network.models import TieClock
from network.queries.class_units import read_units, state_of_requirements, state_of_units
from network.ties import TieClass, clock_of, tie_date
from network.ties.pairs import classes_on

MIN_STUDENTS = 20
A_DAY = 24 * 60 * 60

Cached = TypeVar("Cached")


@dataclass(frozen=True)
class ClassFigures:
    """The figures of the page about a class up to a day; people and groups by their keys.

    Everything but ``share`` and ``share_by_week`` is of students alone. Lists have an entry per
    week, from the first. Cuts and contacts are empty where nobody is to be named.
    """

    comments: int
    peer_comments: int
    reach: Reach
    share: StaffShare
    share_by_week: list[StaffShare]
    classes: dict[Pair, TieClass]
    last_days: dict[int, date]
    mix_by_week: list[dict[TieClass, int]]
    mixing: groups.Mixing
    average_degree: float
    reciprocity_by_week: list[float | None]
    single_cuts: list[structure.Cut]
    double_cuts: list[structure.Cut]
    contacts: list[structure.Contact]
    gini: float | None
    lorenz: list[float]

    @property
    def reciprocity(self) -> float | None:
        return self.reciprocity_by_week[-1]


class ClassRecord:
    """The people of a course and what they wrote, read when it is asked for.

    Students are the active ones: who has left is in no figure. Everybody else is staff.
    """

    def __init__(self, course: Course, *, without_required: bool = False) -> None:
        self.course, self.without_required = course, without_required
        self.day = tie_date(course)
        self.weeks = max(1, week_number(self.day, course.starts_on))

    @cached_property
    def clock(self) -> TieClock:
        return clock_of(self.course)

    @cached_property
    def members(self) -> list[Membership]:
        members = Membership.objects.in_course(self.course)
        return list(members.select_related("user", "pod", "section").order_by("pk"))

    @cached_property
    def students(self) -> dict[int, Membership]:
        return {m.user_id: m for m in self.members if m.is_student and m.ended_at is None}

    @cached_property
    def staff(self) -> frozenset[int]:
        return frozenset(m.user_id for m in self.members if not m.is_student)

    @property
    def is_small(self) -> bool:
        """Return whether there are too few students for figures about single people."""
        return len(self.students) < MIN_STUDENTS

    @cached_property
    def units(self) -> list[UnitsOfDay]:
        """Return all units between students and staff."""
        found = read_units(self.course, without_required=self.without_required)
        return units.within(found, self.students.keys() | self.staff)

    @cached_property
    def peer_units(self) -> list[UnitsOfDay]:
        return units.within(self.units, self.students.keys())

    def groups(self, *, by_section: bool) -> dict[int, int]:
        """Return the pod of each student who has one, or the section."""
        of = {pk: m.section_id if by_section else m.pod_id for pk, m in self.students.items()}
        return {pk: group for pk, group in of.items() if group is not None}

    def end_of(self, week: int) -> date:
        """Return the last day of a week, or the day of the ties in the last one."""
        return min(end_of_week(week, self.course.starts_on), self.day)

    @cached_property
    def _state(self) -> tuple:
        people = tuple(
            (m.user_id, m.role, m.pod_id, m.section_id, m.ended_at is None) for m in self.members
        )
        asked = state_of_requirements(self.course) if self.without_required else ()
        dates = (self.course.starts_on, self.day, self.course.today(), self.clock.half_life)
        return (*dates, state_of_units(self.course), people, asked)

    def cached(self, name: str, compute: Callable[[], Cached], *parts) -> Cached:
        """Return the cached figures for the day, or compute and cache them."""
        state = repr((self.course.pk, name, parts, self.without_required, self._state))
        digest = hashlib.blake2b(state.encode(), digest_size=16).hexdigest()
        key = f"class-network:{self.course.pk}:{digest}"
        found = cache.get(key)
        if found is None:
            found = compute()
            cache.set(key, found, A_DAY)
        return found


def class_figures(record: ClassRecord, week: int, *, by_section: bool) -> ClassFigures:
    """Return the figures at the end of a week."""

    def compute() -> ClassFigures:
        return _figures(record, week, record.groups(by_section=by_section))

    return record.cached("figures", compute, week, by_section)


def _figures(record: ClassRecord, week: int, group_of: dict[int, int]) -> ClassFigures:
    students, first_day = record.students.keys(), record.course.starts_on
    day = record.end_of(week)
    so_far, among = units.until(record.units, day), units.until(record.peer_units, day)
    pairs = units.pairs_of(among)
    weeks = range(1, week + 1)
    ends = [record.end_of(number) for number in weeks]
    by_week = [classes_on(record.clock, among, end) for end in ends]
    received = dict.fromkeys(sorted(students), 0)
    last_days: dict[int, date] = {}
    for one in among:
        received[one.target] += one.events
        for person in (one.source, one.target):
            last_days[person] = max(one.day, last_days.get(person, one.day))
    degree = structure.average_degree(students, pairs)
    names_people = not record.is_small and degree >= structure.MIN_AVERAGE_DEGREE
    graph = structure.graph_of(students if names_people else (), pairs if names_people else ())
    return ClassFigures(
        comments=units.count_events(so_far),
        peer_comments=units.count_events(among),
        reach=reach_of(so_far, students),
        share=staff_share(so_far, students),
        share_by_week=staff_share_by_week(so_far, students, first_day, week),
        classes=by_week[-1],
        last_days=last_days,
        mix_by_week=[_mix(classes) for classes in by_week],
        mixing=groups.mixing(pairs, group_of),
        average_degree=degree,
        reciprocity_by_week=[
            structure.reciprocity(units.arcs_of(units.until(among, end))) for end in ends
        ],
        single_cuts=structure.single_cuts(graph),
        double_cuts=structure.double_cuts(graph),
        contacts=structure.thin_contacts(pairs, group_of) if names_people else [],
        gini=concentration.gini(list(received.values())),
        lorenz=concentration.lorenz(list(received.values())),
    )


def _mix(classes: dict[Pair, TieClass]) -> dict[TieClass, int]:
    found = list(classes.values())
    kinds = (TieClass.STRONG, TieClass.WEAK, TieClass.VERY_WEAK)
    return {kind: found.count(kind) for kind in kinds}


def compare_windows(record: ClassRecord, before: Window, after: Window) -> Comparison:
    """Compare what the students who were in the class in both windows wrote to each other."""
    first_day = min(before.first, after.first)
    members = {
        pk
        for pk, member in record.students.items()
        if record.course.day_of(member.joined_at) <= first_day
    }

    def run() -> Comparison:
        return compare(record.peer_units, members, before, after)

    return record.cached("comparison", run, tuple(before), tuple(after), sorted(members))
