"""The figures of agreement on published data, with the values that their authors print."""

import pytest

from blog.agreement import krippendorff_alpha, percent_agreement, weighted_kappa

NOT_GRADED = None

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers,
# twelve units, some of them missing.
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NOT_GRADED, NOT_GRADED, NOT_GRADED],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NOT_GRADED, 3],
    [NOT_GRADED, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NOT_GRADED],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NOT_GRADED],
]
# The same paper, section A: two observers of ten units, two values.
TWO_OBSERVERS = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]

# Agresti, "Categorical Data Analysis", second edition (2002), table 10.8 and section 10.5.5: two
# pathologists classify carcinoma in 118 slides. Kappa with squared weights is 0.78.
CARCINOMA = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]
# Sim and Wright, "The kappa statistic in reliability studies", Physical Therapy 85 (2005),
# 257-268: ratings of spinal pain, made twice. Kappa with quadratic weights is .67.
SPINAL_PAIN = [[15, 3, 1, 1], [4, 18, 3, 2], [4, 5, 16, 4], [1, 2, 4, 17]]
# McHugh, "Interrater reliability: the kappa statistic", Biochemia Medica 22 (2012), 276-282,
# figure 3: two raters call 222 results normal or abnormal. Kappa is .85 as it is rounded there,
# with a standard error of .037 and a 95 % interval from 0.78 to 0.92.
NORMAL_OR_NOT = [[147, 3], [10, 62]]


def units_of(observers):
    """Return the values of each unit from those of each observer."""
    units = zip(*observers, strict=True)
    return [[value for value in unit if value is not NOT_GRADED] for unit in units]


def pairs_of(table):
    """Return the pairs of ratings that a table of two graders counts."""
    size = range(len(table))
    return [(row, column) for row in size for column in size for _ in range(table[row][column])]


@pytest.mark.parametrize(
    ("observers", "printed"),
    [(FOUR_OBSERVERS, 0.815), (TWO_OBSERVERS, 0.095)],
    ids=["missing values", "two values"],
)
def test_alpha_of_published_data(observers, printed):
    alpha = krippendorff_alpha(units_of(observers))

    assert round(alpha.value, 3) == printed


@pytest.mark.parametrize(("table", "printed"), [(CARCINOMA, 0.78), (SPINAL_PAIN, 0.67)])
def test_weighted_kappa_of_published_data(table, printed):
    kappa = weighted_kappa(pairs_of(table))

    assert round(kappa.value, 2) == printed
    assert kappa.units == sum(map(sum, table))


@pytest.mark.parametrize("figure", [weighted_kappa, krippendorff_alpha])
def test_the_interval_of_the_bootstrap_is_that_of_published_data(figure):
    """McHugh (2012), see NORMAL_OR_NOT: between two levels all weights are the same.

    Her interval is that of a normal distribution, from rounded figures, so they meet within 0.015.
    On 222 results alpha differs from kappa by a correction of 1/444 at most (Krippendorff, 2011).
    """
    estimate = figure(pairs_of(NORMAL_OR_NOT))

    assert (estimate.low, estimate.high) == pytest.approx((0.78, 0.92), abs=0.015)
    assert estimate.value == pytest.approx(0.85, abs=0.015)


def test_percent_agreement_has_the_interval_of_wilson():
    """Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3: 81 of 263."""
    units = [(0, 0)] * 81 + [(0, 1)] * 182

    agreement = percent_agreement(units)

    rounded = [round(each, 4) for each in (agreement.value, agreement.low, agreement.high)]
    assert rounded == [0.3080, 0.2553, 0.3662]


def test_only_units_that_two_observers_rated_count():
    alpha = krippendorff_alpha(units_of(FOUR_OBSERVERS))

    assert alpha.units == 11
