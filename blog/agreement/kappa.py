"""Cohen's kappa with quadratic weights: two graders, levels in order."""

from collections.abc import Sequence

import numpy as np

from blog.agreement.estimates import Estimate, estimate_by_bootstrap, one_minus_ratio


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> Estimate:
    """Return the weighted kappa of two graders, from −1 to 1, with its interval.

    ``pairs`` has the positions of the levels that the two chose for each post. A difference weighs
    as the square of the levels between them (Cohen, 1968, Psychological Bulletin 70, 213–220;
    Fleiss and Cohen, 1973, Educational and Psychological Measurement 33, 613–619). Undefined if
    both gave one and the same level throughout.
    """
    if not pairs:
        return estimate_by_bootstrap(0, lambda weights: weights[:, 0])
    first, second = np.array(pairs, dtype=int).T
    levels, number = np.unique(np.concatenate([first, second]), return_inverse=True)
    size = len(levels)
    cells = number[: len(pairs)] * size + number[len(pairs) :]
    in_cell = np.eye(size * size)[cells]  # posts × cells of the table of both graders
    distances = np.subtract.outer(levels, levels).astype(float) ** 2

    def figure(weights: np.ndarray) -> np.ndarray:
        tables = (weights @ in_cell).reshape(-1, size, size)
        rows, columns = tables.sum(axis=2), tables.sum(axis=1)
        observed = (tables * distances).sum(axis=(1, 2))
        expected = np.einsum("bi,ij,bj->b", rows, distances, columns) / weights.sum(axis=1)
        return one_minus_ratio(observed, expected)

    return estimate_by_bootstrap(len(pairs), figure)
