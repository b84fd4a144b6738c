"""The figures of agreement on published data, with the values that their authors print."""

import pytest

from blog.agreement import Metric, krippendorff_alpha, percent_agreement, weighted_kappa

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


def units_of(observers):
    """Return the values of each unit from those of each observer."""
    units = zip(*observers, strict=True)
    return [[value for value in unit if value is not NOT_GRADED] for unit in units]


def pairs_of(table):
    """Return the pairs of ratings that a table of two graders counts."""
    size = range(len(table))
    return [(row, column) for row in size for column in size for _ in range(table[row][column])]


@pytest.mark.parametrize(
    ("observers", "metric", "printed"),
    [
        (FOUR_OBSERVERS, Metric.ORDINAL, 0.815),
        (FOUR_OBSERVERS, Metric.INTERVAL, 0.849),
        (TWO_OBSERVERS, Metric.INTERVAL, 0.095),
        (TWO_OBSERVERS, Metric.ORDINAL, 0.095),
    ],
    ids=["ordinal, missing values", "interval, missing values", "binary", "binary, as ranks"],
)
def test_alpha_of_published_data(observers, metric, printed):
    alpha = krippendorff_alpha(units_of(observers), metric)

    assert round(alpha.value, 3) == printed


@pytest.mark.parametrize(("table", "printed"), [(CARCINOMA, 0.78), (SPINAL_PAIN, 0.67)])
def test_weighted_kappa_of_published_data(table, printed):
    kappa = weighted_kappa(pairs_of(table))

    assert round(kappa.value, 2) == printed
    assert kappa.units == sum(map(sum, table))


def test_percent_agreement_has_the_interval_of_wilson():
    """Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3: 81 of 263."""
    units = [(0, 0)] * 81 + [(0, 1)] * 182

    agreement = percent_agreement(units)

    rounded = [round(each, 4) for each in (agreement.value, agreement.low, agreement.high)]
    assert rounded == [0.3080, 0.2553, 0.3662]


def test_only_units_that_two_observers_rated_count():
    alpha = krippendorff_alpha(units_of(FOUR_OBSERVERS), Metric.ORDINAL)

    assert alpha.units == 11
