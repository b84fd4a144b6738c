"""Krippendorff's alpha: any number of graders, each of whom graded some of the posts."""

from collections.abc import Sequence

import numpy as np

from blog.agreement.estimates import Estimate, estimate_by_bootstrap, one_minus_ratio


def krippendorff_alpha(units: Sequence[Sequence[float]]) -> Estimate:
    """Return ordinal alpha, at most 1 (0: as chance would have it), with its interval.

    A unit has the values of its graders, in any order; units with fewer than two are left out. Two
    values differ as their ranks do (Krippendorff, 2011, Computing Krippendorff's Alpha-Reliability,
    https://repository.upenn.edu/asc_papers/43). Undefined if all values are the same.
    """
    compared = [unit for unit in units if len(unit) >= 2]
    if not compared:
        return estimate_by_bootstrap(0, lambda weights: weights[:, 0])
    values = np.unique(np.concatenate([np.asarray(unit, dtype=float) for unit in compared]))
    counts = np.array([[np.sum(np.equal(unit, value)) for value in values] for unit in compared])
    coincidences = _coincidences(counts)
    size = len(values)

    def figure(weights: np.ndarray) -> np.ndarray:
        tables = (weights @ coincidences).reshape(-1, size, size)
        totals = tables.sum(axis=2)
        places = _midranks(totals)
        distances = (places[:, :, np.newaxis] - places[:, np.newaxis, :]) ** 2
        n = totals.sum(axis=1)
        observed = (tables * distances).sum(axis=(1, 2)) * (n - 1)
        expected = (totals[:, :, np.newaxis] * totals[:, np.newaxis, :] * distances).sum((1, 2))
        return one_minus_ratio(observed, expected)

    return estimate_by_bootstrap(len(compared), figure)


def _coincidences(counts: np.ndarray) -> np.ndarray:
    """Return each unit's addition to the coincidence matrix, in one row: units × (values²).

    Each value of a unit is paired with each other one; a unit of m values weighs m in all.
    """
    pairs = counts[:, :, np.newaxis] * counts[:, np.newaxis, :]
    size = counts.shape[1]
    pairs[:, np.arange(size), np.arange(size)] -= counts
    return pairs.reshape(len(counts), -1) / (counts.sum(axis=1, keepdims=True) - 1)


def _midranks(totals: np.ndarray) -> np.ndarray:
    """Return the middle rank of each value: the ordinal difference is that of middle ranks.

    Krippendorff writes it as the values from c to k, less half of those at both ends.
    """
    return np.cumsum(totals, axis=1) - totals / 2
