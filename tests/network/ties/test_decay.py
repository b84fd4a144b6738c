"""The arithmetic of decay, on small cases worked out by hand."""

from datetime import timedelta
from fractions import Fraction

import pytest

from network import ties
from network.ties import decay
from tests.network.ties.support import LANDMARK, on


@pytest.mark.parametrize(
    ("offset", "half_life", "expected"),
    [
        (0, 14, 1_048_576),
        (14, 14, 2_097_152),
        (7, 14, 1_482_910),
        (-14, 14, 524_288),
        (-28, 14, 262_144),
        (-14 * 20, 14, 1),
        (-14 * 30, 14, 0),
        (27 * 28, 28, 2**47),
        # By floats this is 4977544762240, a hair below the half.
        (621, 28, 4_977_544_762_241),
    ],
)
def test_quantum_is_the_nearest_integer(offset, half_life, expected):
    assert decay.quantum(offset, half_life) == expected


def test_quantum_refuses_what_would_not_fit():
    with pytest.raises(ties.ClockOverrun):
        decay.quantum(27 * 14 + 1, 14)


@pytest.mark.parametrize("theta", [Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)])
@pytest.mark.parametrize("half_lives", [0, 1, 10, 500])
def test_a_threshold_doubles_with_each_half_life(theta, half_lives):
    assert decay.scaled(theta, 14 * half_lives, 14) == theta * 2**20 * 2**half_lives


def test_a_threshold_met_exactly_is_reached_in_spite_of_rounding():
    """Two units half a life old are worth 0.5 each: together 1, whatever their quanta round to."""
    for days in range(14, 28 * 14):
        acc = 2 * decay.quantum(days - 14, 14)

        assert decay.reaches(Fraction(1), acc, 2, days, 14), days


def test_a_threshold_missed_by_a_day_is_not_reached():
    for days in range(15, 24 * 14):
        acc = 2 * decay.quantum(days - 15, 14)

        assert not decay.reaches(Fraction(1), acc, 2, days, 14), days


def test_landmark_is_the_first_that_serves():
    late = LANDMARK + timedelta(days=24 * 14)

    assert decay.landmark_for([LANDMARK], late, 14) == LANDMARK
    assert decay.landmark_for([LANDMARK], late + timedelta(days=1), 14) == on(24 * 14 + 1)
    assert decay.landmark_for([LANDMARK, late], late + timedelta(days=1), 14) == late
    assert decay.landmark_for([LANDMARK], LANDMARK - timedelta(days=57), 14) == on(-57)
