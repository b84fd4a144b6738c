"""Sampling of grades to grade again: every stratum has its share, nobody grades twice."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.agreement import Candidate, draw_sample
from tests.examples import examples

TEAM = frozenset({1, 2, 3})


def candidate(key, group="A", first=1, graders=TEAM):
    return Candidate(key, group, first, graders - {first})


def test_one_seed_draws_one_sample():
    grades = [candidate(key) for key in range(40)]

    sample = draw_sample(grades, 8, seed=5, load={})

    assert len(sample) == 8
    assert draw_sample(grades[::-1], 8, seed=5, load={}) == sample
    assert draw_sample(grades, 8, seed=6, load={}) != sample


def test_each_group_and_each_first_grader_has_its_share():
    grades = [candidate(key, "AB"[key % 2], 1 + key % 4 // 2) for key in range(40)]

    for seed in range(20):
        sample = draw_sample(grades, 8, seed=seed, load={})

        strata = Counter(grades[key].stratum for key in sample)
        assert strata == {("A", 1): 2, ("B", 1): 2, ("A", 2): 2, ("B", 2): 2}


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 3)), max_size=30),
    st.integers(0, 12),
    st.integers(0, 99),
)
def test_a_sample_is_of_its_size_and_nobody_grades_their_own_grade_again(strata, size, seed):
    grades = [candidate(key, group, first) for key, (group, first) in enumerate(strata)]

    sample = draw_sample(grades, size, seed=seed, load={})

    assert len(sample) == min(size, len(grades))
    assert all(grader in grades[key].graders for key, grader in sample.items())
    shares = Counter(grades[key].stratum for key in sample)
    for stratum, n in Counter(each.stratum for each in grades).items():
        assert abs(shares[stratum] - n * len(sample) / len(grades)) < 1 + 1e-9


def test_grades_are_shared_out_evenly_and_what_was_given_before_counts():
    grades = [candidate(key) for key in range(10)]

    evenly = Counter(draw_sample(grades, 10, seed=1, load={}).values())
    after = Counter(draw_sample(grades, 10, seed=1, load={2: 4}).values())

    assert evenly == {2: 5, 3: 5}
    assert after == {2: 3, 3: 7}


@pytest.mark.parametrize("grades", [[], [candidate(1, graders=frozenset({1}))]])
def test_what_nobody_can_grade_is_not_drawn(grades):
    assert draw_sample(grades, 3, seed=1, load={}) == {}
