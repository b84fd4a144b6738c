"""Compare two equal windows of time, with what chance alone would give.

If nothing had changed, each student's two windows could stand the other way round. So they are
exchanged at random for half of the students, many times, and the differences that come of it are
those of chance (a paired permutation test). The draws have a fixed seed: the same comments give
the same interval.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from network.metrics.units import UnitsOfDay, pair_of

MIN_UNITS = 30
DRAWS = 999
SEED = 1973
MIDDLE = (2.5, 97.5)  # percentiles: 95 of 100 draws lie between them


class Window(NamedTuple):
    """Some days, both ends included."""

    first: date
    last: date

    @classmethod
    def ending(cls, last: date, days: int) -> "Window":
        return cls(last - timedelta(days=days - 1), last)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


class Change(NamedTuple):
    """One count in both windows, and between which differences chance alone would leave it."""

    before: int
    after: int
    low: int
    high: int

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def is_beyond_chance(self) -> bool:
        return not self.low <= self.difference <= self.high


class Comparison(NamedTuple):
    """The same students' comments in two windows; no changes if there are too few."""

    units: int  # of both windows together
    written: Change | None = None
    pairs: Change | None = None
    reached: Change | None = None


def compare(
    units: Iterable[UnitsOfDay], students: Collection[int], before: Window, after: Window
) -> Comparison:
    """Compare the units, the pairs of students, and the students somebody wrote to."""
    arcs: dict[tuple[int, int], list[int]] = {}
    for one in units:
        if one.source not in students or one.target not in students:
            continue
        for place, window in enumerate((before, after)):
            if one.day in window:
                arcs.setdefault((one.source, one.target), [0, 0])[place] += one.units
    total = sum(map(sum, arcs.values()))
    if total < MIN_UNITS:
        return Comparison(total)
    return Comparison(total, *_changes(arcs))


def _changes(arcs: dict[tuple[int, int], list[int]]) -> list[Change]:
    keys = sorted(arcs)
    counts = np.array([arcs[key] for key in keys], dtype=np.int32)
    sources = sorted({source for source, _ in keys})
    owner = np.searchsorted(sources, [source for source, _ in keys])
    draws = np.random.default_rng(SEED).integers(0, 2, (DRAWS, len(sources))).astype(bool)
    # The first row leaves all as it was; in each other row some students' windows are exchanged.
    exchanged = np.vstack([np.zeros(len(sources), bool), draws])[:, owner]
    earlier = np.where(exchanged, counts[:, 1], counts[:, 0])
    later = np.where(exchanged, counts[:, 0], counts[:, 1])
    by_pair = [pair_of(*key) for key in keys]
    by_target = [target for _, target in keys]
    return [
        _change(earlier.sum(axis=1), later.sum(axis=1)),
        _change(_distinct(earlier, by_pair), _distinct(later, by_pair)),
        _change(_distinct(earlier, by_target), _distinct(later, by_target)),
    ]


def _distinct(counts: np.ndarray, labels: list) -> np.ndarray:
    """Return for each draw how many of the labels have a unit."""
    order = sorted(range(len(labels)), key=lambda place: labels[place])
    starts = [
        place
        for place, index in enumerate(order)
        if place == 0 or labels[index] != labels[order[place - 1]]
    ]
    return np.logical_or.reduceat(counts[:, order] > 0, starts, axis=1).sum(axis=1)


def _change(before: np.ndarray, after: np.ndarray) -> Change:
    differences = after[1:] - before[1:]
    low, high = np.percentile(differences, MIDDLE, method="closest_observation")
    return Change(int(before[0]), int(after[0]), int(low), int(high))
