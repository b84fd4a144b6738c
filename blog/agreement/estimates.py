"""A figure with its interval, or the reason why there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

RESAMPLES = 2000
SEED = 20260901
CONFIDENCE = 0.95
# With fewer posts than this the interval of the bootstrap is too narrow to be honest.
MIN_UNITS_FOR_INTERVAL = 10
# An interval rests on nearly all resamples: one that has a single level has no figure.
MAX_SHARE_WITHOUT_FIGURE = 0.05


class Missing(Enum):
    """The reason why a figure or its interval is missing."""

    NO_PAIRS = "no_pairs"  # no post has two gradings
    ONE_LEVEL = "one_level"  # all gradings have the same level: chance alone would agree as well
    FEW_POSTS = "few_posts"  # too few posts for an interval
    NO_DIFFERENCE = "no_difference"  # no two gradings differ: resampling cannot tell how surely
    UNSTABLE = "unstable"  # many resamples have one level only


@dataclass(frozen=True)
class Estimate:
    """A figure on a number of units, with the ends of its 95 % interval.

    ``value`` is None where the figure is undefined, ``low`` and ``high`` are None where there is
    no interval; ``missing`` says why.
    """

    units: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    missing: Missing | None = None


def estimate_by_bootstrap(units: int, figure: Callable[[np.ndarray], np.ndarray]) -> Estimate:
    """Return a figure with the interval of the percentile bootstrap over units.

    ``figure`` takes how often each unit counts, a row for each resample (shape resamples × units),
    and returns the figure of each row, nan where it is undefined. Whole units are drawn, so that
    the gradings of one post stay together (Efron and Tibshirani, 1993, An Introduction to the
    Bootstrap, chapter 13; tried for alpha by Zapf, Castell, Morawietz and Karch, 2016, BMC Medical
    Research Methodology 16:93). The seed is fixed: a page that is loaded again shows the same.
    """
    if units == 0:
        return Estimate(units, missing=Missing.NO_PAIRS)
    value = float(figure(np.ones((1, units)))[0])
    if np.isnan(value):
        return Estimate(units, missing=Missing.ONE_LEVEL)
    if units < MIN_UNITS_FOR_INTERVAL:
        return Estimate(units, value, missing=Missing.FEW_POSTS)
    chance = np.random.default_rng(SEED)
    figures = figure(chance.multinomial(units, np.full(units, 1 / units), size=RESAMPLES))
    defined = figures[~np.isnan(figures)]
    if len(defined) < RESAMPLES * (1 - MAX_SHARE_WITHOUT_FIGURE):
        return Estimate(units, value, missing=Missing.UNSTABLE)
    if value == 1:
        return Estimate(units, value, missing=Missing.NO_DIFFERENCE)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return Estimate(units, value, float(low), float(high))


def one_minus_ratio(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return 1 − observed / expected disagreement, nan where chance alone never disagrees."""
    undefined = np.full(observed.shape, np.nan)
    return 1 - np.divide(observed, expected, out=undefined, where=expected > 0)
