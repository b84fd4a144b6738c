"""Changes of a tie's class by comments to come, or none. Asks the model; no database."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from network.ties.classes import ArcTotals, Decay, TieClass, both_ways
from network.ties.decay import weight

TWO_WEEKS, ONE_WEEK = 14, 7


class TieState(NamedTuple):
    """All that the class of a tie follows from, on a day."""

    decay: Decay
    out: ArcTotals
    back: ArcTotals
    days: int  # distinct days with a unit
    has_today: bool  # whether this day is one of them
    follow: bool  # whether either follows

    @property
    def tie_class(self) -> TieClass:
        return self.decay.classify(self.out, self.back, self.days, self.follow)

    @property
    def tenths(self) -> int:
        """Return the sum of both ways, in tenths, cut off: 5 is where the model reaches 0.5."""
        both = both_ways(self.out, self.back)
        tenths = max(0, int(self.decay.strength(both.acc) * 10) - 1)
        while self.decay.reaches(Fraction(tenths + 1, 10), both):
            tenths += 1
        return tenths

    def later(self, days: int) -> "TieState":
        """Return the state some days later, if nobody comments."""
        return self.after((), (), days)

    def after(self, out: Iterable[int], back: Iterable[int], day: int) -> "TieState":
        """Return the state in ``day`` days, with new units so many days from now, each way."""
        out, back = set(out), set(back)
        new_days = {one for one in out | back if one > 0 or not self.has_today}
        return TieState(
            Decay(self.decay.days + day, self.decay.half_life),
            self._with(self.out, out),
            self._with(self.back, back),
            self.days + len(new_days),
            day in out | back or (day == 0 and self.has_today),
            self.follow,
        )

    def _with(self, arc: ArcTotals, days: set[int]) -> ArcTotals:
        added = sum(weight(self.decay.days + day, self.decay.half_life) for day in days)
        return ArcTotals(arc.acc + added, arc.units + len(days), arc.events + len(days))


class Plan(NamedTuple):
    """The numbers of days on which each of two people comments, from today ``within`` days.

    A tie becomes ``tie_class``, or a stronger one, with the last of these comments, on whichever
    of the days they are made.
    """

    out: int
    back: int
    within: int
    tie_class: TieClass


class Fall(NamedTuple):
    """The number of days until a tie becomes weaker if nobody comments."""

    days: int
    tie_class: TieClass


# What is asked for, from little to much: how many days each way, within how many days.
STEPS = (
    (1, 0, TWO_WEEKS),
    (0, 1, TWO_WEEKS),
    (1, 1, TWO_WEEKS),
    (1, 0, ONE_WEEK),
    (0, 1, ONE_WEEK),
    (1, 1, ONE_WEEK),
    (2, 2, TWO_WEEKS),
    (2, 2, ONE_WEEK),
    (3, 3, TWO_WEEKS),
)


def next_rise(state: TieState, days_left: int) -> Plan | None:
    """Return the first step that surely makes the tie stronger, in a course with ``days_left``."""
    for out, back, within in STEPS:
        within = min(within, days_left)
        if within < max(out, back):
            continue
        reached = surely_reached(state, out, back, within)
        if reached > state.tie_class:
            return Plan(out, back, within, reached)
    return None


def next_fall(state: TieState, days_left: int) -> Fall | None:
    """Return the fall of the tie if nobody comments before the course ends, or None."""
    for days in range(1, days_left + 1):
        later = state.later(days).tie_class
        if later < state.tie_class:
            return Fall(days, later)
    return None


def surely_reached(state: TieState, out: int, back: int, within: int) -> TieClass:
    """Return the class that new units reach on whichever days within ``within`` they are made.

    Classes are monotone in every sum and count. So for each last day the weakest placements are
    those in which all other units come as early as they can.
    """
    return min(
        state.after(out_days, back_days, last).tie_class
        for out_days, back_days, last in _weakest_placements(out, back, within)
    )


def _weakest_placements(
    out: int, back: int, within: int
) -> Iterator[tuple[list[int], list[int], int]]:
    for last in range(within + 1):
        early_out, early_back = list(range(out)), list(range(back))
        late_out, late_back = [*early_out[:-1], last], [*early_back[:-1], last]
        if out and last >= max(out - 1, back - 1):
            yield late_out, early_back, last
        if back and last >= max(out - 1, back - 1):
            yield early_out, late_back, last
        if out and back and last >= max(out - 1, back - 1):
            yield late_out, late_back, last
