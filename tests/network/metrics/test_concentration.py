from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from network.metrics.concentration import gini, lorenz

counts = st.lists(st.integers(0, 50), min_size=1, max_size=30)


def test_gini_of_all_the_same_and_of_one_who_has_all():
    assert gini([4, 4, 4]) == 0
    assert gini([0, 0, 0, 8]) == 0.75
    assert gini([0, 0]) is None
    assert gini([]) is None


def test_lorenz_says_what_a_part_has():
    assert lorenz([1, 1, 2], parts=2) == [0.0, 0.375, 1.0]
    assert lorenz([0, 0], parts=2) == [0.0, 0.0, 0.0]


@given(counts)
def test_gini_is_half_the_mean_difference(values):
    """Its first definition: the mean difference of two people, by twice the mean."""
    if sum(values):
        mean_difference = sum(abs(a - b) for a in values for b in values) / len(values) ** 2
        assert isclose(
            gini(values), mean_difference / (2 * sum(values) / len(values)), abs_tol=1e-9
        )


@given(counts)
def test_the_curve_rises_and_stays_below_the_diagonal(values):
    curve = lorenz(values)

    assert len(curve) == 11
    assert curve == sorted(curve)
    assert all(share <= place / 10 + 1e-9 for place, share in enumerate(curve))
    assert curve == lorenz(sorted(values, reverse=True))
