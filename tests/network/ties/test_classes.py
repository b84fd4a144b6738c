"""Classes of ties: strong, weak, very weak, dormant."""

from fractions import Fraction

import pytest

from network.ties import TieClass, decay
from network.ties.classes import ArcTotals, Decay

ONE = 2**20
TODAY = Decay(0, 14)


@pytest.mark.parametrize(
    ("out", "back", "days", "follow", "expected"),
    [
        (ArcTotals(ONE * 3 // 4, 3, 3), ArcTotals(ONE * 3 // 4, 3, 3), 3, False, TieClass.STRONG),
        (ArcTotals(ONE * 3 // 4, 3, 3), ArcTotals(ONE * 3 // 4, 3, 3), 2, False, TieClass.WEAK),
        (ArcTotals(ONE * 9, 9, 9), ArcTotals(ONE * 3 // 4 - 3, 3, 3), 9, False, TieClass.WEAK),
        (ArcTotals(ONE * 9, 9, 9), ArcTotals(), 9, False, TieClass.WEAK),
        (ArcTotals(ONE // 2, 2, 2), ArcTotals(), 1, False, TieClass.WEAK),
        (ArcTotals(ONE // 4, 1, 1), ArcTotals(ONE // 4, 1, 1), 1, False, TieClass.WEAK),
        (ArcTotals(ONE // 2 - 3, 2, 2), ArcTotals(), 2, False, TieClass.VERY_WEAK),
        (ArcTotals(ONE, 1, 5), ArcTotals(), 1, False, TieClass.VERY_WEAK),
        (ArcTotals(0, 1, 1), ArcTotals(), 1, False, TieClass.VERY_WEAK),
        (ArcTotals(), ArcTotals(), 0, True, TieClass.VERY_WEAK),
        (ArcTotals(), ArcTotals(), 0, False, TieClass.NONE),
    ],
)
def test_the_first_rule_that_holds_names_the_class(out, back, days, follow, expected):
    assert TODAY.classify(out, back, days, follow) == expected
    assert TODAY.classify(back, out, days, follow) == expected


@pytest.mark.parametrize(
    ("out", "back", "expected"),
    [
        (ArcTotals(ONE // 4 - 4, 3, 3), ArcTotals(), True),
        (ArcTotals(ONE // 4, 3, 3), ArcTotals(), False),
        (ArcTotals(ONE // 8 - 4, 2, 2), ArcTotals(ONE // 8, 1, 1), True),
        (ArcTotals(0, 2, 9), ArcTotals(), False),
        (ArcTotals(), ArcTotals(), False),
    ],
)
def test_dormant_are_three_units_that_have_faded(out, back, expected):
    assert TODAY.is_dormant(out, back) is expected


@pytest.mark.parametrize(
    ("tie_class", "label", "css"),
    [
        (TieClass.STRONG, "strong", "strong"),
        (TieClass.WEAK, "weak", "weak"),
        (TieClass.VERY_WEAK, "very weak", "very-weak"),
        (TieClass.NONE, "none", "none"),
    ],
)
def test_class_names(tie_class, label, css):
    assert (str(tie_class.label), tie_class.css) == (label, css)


@pytest.mark.parametrize(
    ("gap", "least", "most"),
    [(7, 2.41, 3.41), (14, 1.00, 2.00), (20, 0.59, 1.59), (28, 0.33, 1.33)],
)
def test_one_unit_every_few_days_settles_where_the_model_says(gap, least, most):
    offsets = range(0, 40 * 14 - gap, gap)
    acc = sum(Fraction(2) ** 20 * Fraction(2 ** (day / 14)) for day in offsets)

    fresh = decay.strength(int(acc), offsets[-1], 14)
    late = decay.strength(int(acc), offsets[-1] + gap, 14)

    assert (round(late, 2), round(fresh, 2)) == (least, most)
