"""Percent agreement: the share of posts on which all graders chose the same level."""

from collections.abc import Sequence
from math import sqrt

from blog.agreement.estimates import Estimate, Missing

Z = 1.959963984540054  # the 97.5 % point of the normal distribution


def percent_agreement(units: Sequence[Sequence[float]]) -> Estimate:
    """Return the share of units with one level, from 0 to 1, among those with two gradings or more.

    The interval is the score interval of Wilson (1927, Journal of the American Statistical
    Association 22, 209–212), which also holds for few posts and for shares of 0 and 1.
    """
    compared = [unit for unit in units if len(unit) >= 2]
    n = len(compared)
    if n == 0:
        return Estimate(n, missing=Missing.NO_PAIRS)
    share = sum(len(set(unit)) == 1 for unit in compared) / n
    centre = share + Z * Z / (2 * n)
    spread = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    low, high = (centre - spread) / scale, (centre + spread) / scale
    # At 0 and 1 the ends meet the share, but for the last binary digit.
    return Estimate(n, share, min(max(low, 0.0), share), max(min(high, 1.0), share))
