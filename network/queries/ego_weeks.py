"""A learner's ties at the end of a week of the course, and what changed since the week before.

Computed from the units, which keep their days; nothing is stored for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from blog.models import Course, User
from network.ties import Tie, TieClass, tie_date, ties_of


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


def ties_in_week(reader: User, course: Course, wanted: str | None) -> tuple[EgoWeek, list[Tie]]:
    """Return the reader's ties at the end of the week wanted, or else at the tie date.

    What is no week of the course so far is the present one.
    """
    last = week_number(course, tie_date(course))
    number = last
    if (
        wanted
        and len(wanted) < 5
        and wanted.isascii()
        and wanted.isdecimal()
        and 1 <= int(wanted) < last
    ):
        number = int(wanted)
    ends_on = tie_date(course) if number == last else last_day_of(course, number)
    ties = _known_ties(reader, course, None if number == last else ends_on)
    change = None
    if number > 1:
        change = change_between(_known_ties(reader, course, last_day_of(course, number - 1)), ties)
    return EgoWeek(number, last, ends_on, change), ties


def week_number(course: Course, day: date) -> int:
    """Return the week of the course that a day is in; what comes before it is in its first."""
    return max(1, (day - course.starts_on).days // 7 + 1)


def last_day_of(course: Course, week: int) -> date:
    return course.starts_on + timedelta(days=7 * week - 1)


def change_between(before: list[Tie], after: list[Tie]) -> Change:
    """Compare two states of a network; ties of the first that are gone are not named."""
    classes = {tie.peer.pk: tie.tie_class for tie in before}
    known = [tie for tie in after if tie.peer.pk in classes]
    return Change(
        new=[tie for tie in after if tie.peer.pk not in classes],
        stronger=[tie for tie in known if tie.tie_class > classes[tie.peer.pk]],
        weaker=[tie for tie in known if tie.tie_class < classes[tie.peer.pk]],
    )


def _known_ties(reader: User, course: Course, as_of: date | None) -> list[Tie]:
    return [tie for tie in ties_of(reader, course, as_of) if tie.tie_class != TieClass.NONE]
