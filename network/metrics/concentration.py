"""Evenness of the comments of a class over its students, without anybody's name."""

from collections.abc import Sequence

import numpy as np

PARTS = 10


def gini(values: Sequence[int]) -> float | None:
    """Return the Gini coefficient: 0 if all have the same, near 1 if one has all.

    Half the mean difference of two people over the mean (Gini 1912), from the sorted values. None
    where there is nothing to share.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    total = ordered.sum()
    if not total:
        return None
    ranks = np.arange(1, len(ordered) + 1)
    return float((2 * ranks - len(ordered) - 1) @ ordered / (len(ordered) * total))


def lorenz(values: Sequence[int], parts: int = PARTS) -> list[float]:
    """Return which share of everything the first tenth, two tenths, … of people have together.

    The curve of Lorenz (1905): people stand in the order of what they have, least first, and
    between two people it is straight. ``parts`` + 1 numbers from 0 to 1; all 0 where there is
    nothing to share.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    total = ordered.sum()
    if not total:
        return [0.0] * (parts + 1)
    heights = np.concatenate([[0.0], np.cumsum(ordered) / total])
    places = np.linspace(0, 1, len(heights))
    return [float(share) for share in np.interp(np.linspace(0, 1, parts + 1), places, heights)]
