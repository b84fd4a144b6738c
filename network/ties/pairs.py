"""Classify every pair of some people at many dates, from units that are read once. No database."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from network.metrics.units import UnitsOfDay
from network.models import TieClock
from network.ties.arcs import weigh
from network.ties.classes import EMPTY_ARC, TieClass


def classes_on(
    clock: TieClock, units: Iterable[UnitsOfDay], day: date
) -> dict[tuple[int, int], TieClass]:
    """Return the class on a day of every two people who exchanged something up to it.

    The same as ``pairs_of`` says, for these units. The smaller key of two people comes first.
    """
    so_far = [unit for unit in units if unit.day <= day]
    decay, totals = weigh(clock, so_far, day)
    days: dict[tuple[int, int], set[date]] = defaultdict(set)
    for unit in so_far:
        days[min(unit.source, unit.target), max(unit.source, unit.target)].add(unit.day)
    return {
        (one, other): decay.classify(
            totals.get((one, other), EMPTY_ARC), totals.get((other, one), EMPTY_ARC), len(found)
        )
        for (one, other), found in sorted(days.items())
    }
