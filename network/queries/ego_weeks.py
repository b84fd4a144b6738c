"""A learner's ties at the end of a week of the course, and what changed since the week before.

Computed from the units, which keep their days; nothing is stored for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from blog.models import Course, User
from network.metrics.units import end_of_week, week_number
from network.models import TieClock
from network.ties import Tie, TieClass, tie_date, ties_of, ties_since


@dataclass(frozen=True)
class Change:
    """The ties that are new, stronger or weaker than at the end of the week before."""

    new: list[Tie]
    stronger: list[Tie]
    weaker: list[Tie]


@dataclass(frozen=True)
class EgoWeek:
    """A week of the course, from 1 on; the last is the present one, or that in which it ended."""

    number: int
    last: int
    ends_on: date
    change: Change | None

    @property
    def is_past(self) -> bool:
        return self.number < self.last

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1


def ties_in_week(reader: User, clock: TieClock, wanted: str | None) -> tuple[EgoWeek, list[Tie]]:
    """Return the reader's ties at the end of the week wanted, or else at the tie date.

    What is no week of the clock's course so far is the present one.
    """
    course = clock.course
    first_day = course.starts_on
    number, last = _week_wanted(course, wanted)
    ends_on = tie_date(course) if number == last else end_of_week(number, first_day)
    week_before = end_of_week(number - 1, first_day) if number > 1 else None
    found, before = ties_since(reader, clock, None if number == last else ends_on, week_before)
    ties = _known(found)
    change = change_since(before, ties) if week_before else None
    return EgoWeek(number, last, ends_on, change), ties


def tie_in_week(
    reader: User, course: Course, username: str, wanted: str | None
) -> tuple[Tie | None, date | None]:
    """Return one tie of the reader's in the week wanted, and its last day if that is past."""
    number, last = _week_wanted(course, wanted)
    as_of = None if number == last else end_of_week(number, course.starts_on)
    ties = _known(ties_of(reader, course, as_of))
    return next((tie for tie in ties if tie.peer.username == username), None), as_of


def _week_wanted(course: Course, wanted: str | None) -> tuple[int, int]:
    """Return the number of the week wanted, and of the present one, which it is else."""
    last = week_number(tie_date(course), course.starts_on)
    is_number = wanted and len(wanted) < 5 and wanted.isascii() and wanted.isdecimal()
    number = int(wanted) if wanted and is_number else last
    return (number if 1 <= number < last else last), last


def change_since(classes: Mapping[int, TieClass], ties: list[Tie]) -> Change:
    """Compare ties with the classes that they had, by peers; those that are gone are not named."""
    before = {tie.peer.pk: classes.get(tie.peer.pk, TieClass.NONE) for tie in ties}
    known = [tie for tie in ties if before[tie.peer.pk] != TieClass.NONE]
    return Change(
        new=[tie for tie in ties if before[tie.peer.pk] == TieClass.NONE],
        stronger=[tie for tie in known if tie.tie_class > before[tie.peer.pk]],
        weaker=[tie for tie in known if tie.tie_class < before[tie.peer.pk]],
    )


def _known(ties: list[Tie]) -> list[Tie]:
    return [tie for tie in ties if tie.tie_class != TieClass.NONE]
