"""The figures of agreement: what holds for all data, and where they are undefined."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.agreement import (
    Estimate,
    Missing,
    compare,
    in_words,
    krippendorff_alpha,
    percent_agreement,
    weighted_kappa,
)
from tests.examples import examples

LEVEL = st.integers(0, 3)
UNITS = st.lists(st.lists(LEVEL, max_size=4), min_size=1, max_size=15)
PAIRS = st.lists(st.tuples(LEVEL, LEVEL), min_size=1, max_size=15)
A_FEW = settings(max_examples=examples(40), deadline=None)


def figures(units):
    return [percent_agreement(units), krippendorff_alpha(units)]


def rounded(estimate):
    numbers = (estimate.value, estimate.low, estimate.high)
    return [number if number is None else round(number, 9) for number in numbers]


# What holds for all data


@A_FEW
@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_graders_changes_nothing(units, chance):
    shuffled = [chance.sample(unit, len(unit)) for unit in units]

    assert [rounded(each) for each in figures(shuffled)] == [
        rounded(each) for each in figures(units)
    ]


@A_FEW
@given(PAIRS)
def test_kappa_is_the_same_for_either_grader_first(pairs):
    swapped = [(second, first) for first, second in pairs]

    assert rounded(weighted_kappa(swapped)) == rounded(weighted_kappa(pairs))


@A_FEW
@given(UNITS)
def test_figures_stay_in_their_range_and_within_their_interval(units):
    percent, alpha = figures(units)

    assert percent.value is None or 0 <= percent.low <= percent.value <= percent.high <= 1
    assert alpha.value is None or alpha.value <= 1
    assert alpha.low is None or alpha.low <= alpha.high <= 1


@A_FEW
@given(st.lists(LEVEL, min_size=2, max_size=15).filter(lambda levels: len(set(levels)) > 1))
def test_identical_grades_agree_fully(levels):
    pairs = [(level, level) for level in levels]

    assert [each.value for each in [*figures(pairs), weighted_kappa(pairs)]] == [1, 1, 1]


@A_FEW
@given(PAIRS)
def test_kappa_with_quadratic_weights_is_lins_concordance(pairs):
    """Fleiss and Cohen (1973): its weights make kappa a correlation of the two graders."""
    first, second = zip(*pairs, strict=True)
    n = len(pairs)
    mean = sum(first) / n, sum(second) / n
    spread = sum((x - mean[0]) ** 2 + (y - mean[1]) ** 2 for x, y in pairs) / n
    together = sum((x - mean[0]) * (y - mean[1]) for x, y in pairs) / n
    below = spread + (mean[0] - mean[1]) ** 2

    kappa = weighted_kappa(pairs).value

    if kappa is None:
        assert below == 0
    else:
        assert kappa == pytest.approx(2 * together / below)


@A_FEW
@given(UNITS)
def test_alpha_does_not_depend_on_points(units):
    points = [[2.5**level for level in unit] for unit in units]

    alpha = krippendorff_alpha(points)

    assert rounded(alpha) == rounded(krippendorff_alpha(units))


def test_the_interval_is_the_same_each_time():
    units = [(random.Random(number).randint(0, 3), number % 4) for number in range(20)]

    first, again = (krippendorff_alpha(units) for _ in range(2))

    assert first.low is not None
    assert first == again


# Where they are undefined


@pytest.mark.parametrize("units", [[], [[]], [[2]], [[2], [3]]])
def test_without_a_pair_there_is_no_figure(units):
    assert figures(units) == [Estimate(0, missing=Missing.NO_PAIRS)] * 2


def test_without_a_pair_there_is_no_kappa():
    assert weighted_kappa([]) == Estimate(0, missing=Missing.NO_PAIRS)


def test_one_level_throughout_says_nothing_beyond_chance():
    pairs = [(2, 2)] * 20

    _, alpha = figures(pairs)

    assert [alpha, weighted_kappa(pairs)] == [Estimate(20, missing=Missing.ONE_LEVEL)] * 2


@pytest.mark.parametrize(
    ("pairs", "missing"),
    [
        ([(0, 1), (1, 1), (2, 2)], Missing.FEW_POSTS),
        ([(level, level) for level in (0, 1, 2) * 5], Missing.NO_DIFFERENCE),
        ([(0, 0)] * 19 + [(0, 1)], Missing.UNSTABLE),
        ([(3, 3)] * 19 + [(0, 0)], Missing.UNSTABLE),
        ([(0, 1), (1, 1), (2, 2), (3, 2)] * 5, None),
    ],
    ids=["few posts", "no difference", "nearly one level", "one post of another", "enough"],
)
def test_an_interval_is_given_only_where_it_can_be_trusted(pairs, missing):
    for estimate in [krippendorff_alpha(pairs), weighted_kappa(pairs)]:
        assert estimate.value is not None
        assert (estimate.missing, estimate.low is None) == (missing, missing is not None)


# In words


def words_on(pairs):
    return in_words(compare(pairs), krippendorff_alpha(pairs))


def test_words_count_before_they_judge():
    pairs = [(0, 0)] * 7 + [(3, 3)] * 7 + [(1, 2)] * 3 + [(2, 3)] * 3

    assert words_on(pairs) == [
        "Graders agree on 14 of 20 posts; where they differ, it is by one level.",
        "This looks reliable, but on so few posts it could be chance.",
    ]


@pytest.mark.parametrize(
    ("pairs", "first"),
    [
        ([], "No post has two grades yet."),
        ([(1, 1)], "Graders agree on the one post that two of them graded."),
        ([(1, 2)], "Graders differ by one level on the one post that two of them graded."),
        ([(0, 3)], "Graders differ by 3 levels on the one post that two of them graded."),
        ([(0, 0), (3, 3)], "Graders agree on all 2 posts."),
        (
            [(0, 3), (3, 3)],
            "Graders agree on 1 of 2 posts; where they differ, it is by up to 3 levels.",
        ),
    ],
)
def test_words_say_on_how_many_posts_graders_agree(pairs, first):
    assert words_on(pairs)[0] == first


@pytest.mark.parametrize(
    ("pairs", "second"),
    [
        ([(1, 1)] * 12, "All grades have the same level"),
        ([(0, 1), (1, 1)], "These are too few posts"),
        ([(0, 0), (1, 1), (2, 2), (3, 3)] * 10, "You can rely on this criterion"),
        ([(3, 3)] * 19 + [(0, 0)], "This looks reliable, but on so few posts"),
        ([(3, 3)] * 18 + [(1, 1), (1, 2)], "This looks reliable, but on so few posts"),
        ([(0, 0), (1, 2), (2, 2), (3, 3), (2, 1)] * 4, "Take grades on this criterion with care"),
        ([(0, 3), (3, 0), (1, 2), (2, 2)] * 5, "Do not rely on this criterion yet"),
    ],
)
def test_words_say_what_that_allows(pairs, second):
    assert words_on(pairs)[1].startswith(second)
