"""Exponential decay in exact integers: weights, thresholds and strengths. No database.

Floats would do for drawing, not for deciding: 2.0**x overflows at x = 1024, a sum of floats depends
on its order, and after every event is taken away again something is left. Here every number that
is stored or compared is an integer, computed by integer roots, the same on every machine.
"""

import math
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

FRACTION_BITS = 20

# 63 bits, less 20 of fraction and 16 for 65,000 units between two people, leave 27 half-lives.
# The landmark is moved three before that, and where a day is more than four before it: further
# back, what a unit weighs would have too few bits left.
MAX_HALF_LIVES = 27
MAX_HALF_LIVES_AFTER_LANDMARK = 24
MAX_HALF_LIVES_BEFORE_LANDMARK = 4


class ClockOverrun(ValueError):
    """A day lies too many half-lives after the landmark to be stored."""


@lru_cache(maxsize=8192)
def scaled(theta: Fraction, days: int, half_life: int) -> int:
    """Return round(theta · 2^20 · 2^(days/half_life)), exactly.

    Twice the value is the half_life-th root of (2·theta)^half_life · 2^(20·half_life + days), so
    its floor is an integer root, and half of that, rounded, is the nearest integer. A half that is
    one exactly goes to the even neighbour, as round() does.
    """
    power = (2 * theta) ** half_life
    shift = FRACTION_BITS * half_life + days
    numerator, denominator = power.numerator, power.denominator
    if shift >= 0:
        numerator <<= shift
    else:
        denominator <<= -shift
    twice = integer_root(numerator // denominator, half_life)
    is_exact = twice**half_life * denominator == numerator
    return (twice + (0 if is_exact and twice % 4 == 1 else 1)) // 2


def integer_root(number: int, degree: int) -> int:
    """Return the largest x with x**degree <= number, by Newton's method from above."""
    if number == 0:
        return 0
    x = 1 << -(-number.bit_length() // degree)
    while True:
        y = ((degree - 1) * x + number // x ** (degree - 1)) // degree
        if y >= x:
            return x
        x = y


@lru_cache(maxsize=8192)
def weight(offset: int, half_life: int) -> int:
    """Return the weight of a unit made ``offset`` days after a landmark, in 1/2^20, of any size."""
    return scaled(Fraction(1), offset, half_life)


def quantum(offset: int, half_life: int) -> int:
    """Return the stored weight of a unit made ``offset`` days after the landmark.

    It loses its bits where the day lies long before the landmark, and is 0 where it was 21
    half-lives before: enough for today, when such a unit has faded, and for no earlier day.
    Whoever asks about the past takes the days of the units (``arcs``).
    """
    if offset > MAX_HALF_LIVES * half_life:
        raise ClockOverrun(
            _("%(days)d days after the landmark is more than %(most)d half-lives of %(each)d days.")
            % {"days": offset, "most": MAX_HALF_LIVES, "each": half_life}
        )
    return weight(offset, half_life)


def reaches(theta: Fraction, acc: int, units: int, days: int, half_life: int) -> bool:
    """Return whether ``acc``, the sum of ``units`` quanta, is worth ``theta`` after ``days``.

    Each quantum is rounded by at most a half, and so is the threshold. That much is allowed for:
    without it pairs that meet a threshold exactly, as weekly deadlines make them, would drop out.
    """
    return acc + (units + 2) // 2 >= scaled(theta, days, half_life)


def strength(acc: int, days: int, half_life: int) -> float:
    """Return s as a float, for sorting, drawing and export; a decision takes ``reaches``."""
    half_lives, rest = divmod(days, half_life)
    surplus = max(0, acc.bit_length() - 64)  # of a sum that is too large for a float
    exponent = surplus - FRACTION_BITS - half_lives
    return math.ldexp(acc >> surplus, exponent) * 2.0 ** (-rest / half_life)


def fits(landmark: date, horizon: date, half_life: int) -> bool:
    """Return whether units as late as ``horizon`` can be stored and compared from ``landmark``."""
    half_lives = Fraction((horizon - landmark).days, half_life)
    return -MAX_HALF_LIVES_BEFORE_LANDMARK <= half_lives <= MAX_HALF_LIVES_AFTER_LANDMARK


def landmark_for(wanted: Iterable[date], horizon: date, half_life: int) -> date:
    """Return the first wanted landmark that fits ``horizon``, else ``horizon`` itself."""
    return next((day for day in wanted if fits(day, horizon, half_life)), horizon)
