"""Groups are even, whole, of one kind, and the same for the same number."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.rota import draw_groups
from tests.examples import examples

people = st.dictionaries(st.integers(), st.sampled_from(["A01", "B02", None]), max_size=60)


@given(people=people, size=st.integers(2, 8), seed=st.integers(0, 9999))
@settings(max_examples=examples(50))
def test_everybody_is_in_one_group_of_their_kind(people, size, seed):
    groups = draw_groups(people, size=size, seed=seed)

    assert sorted(chain.from_iterable(groups)) == sorted(people)
    assert all(len({people[key] for key in group}) == 1 for group in groups)
    for kind in set(people.values()):
        sizes = [len(group) for group in groups if people[group[0]] == kind]
        assert max(sizes) - min(sizes) <= 1
    assert groups == draw_groups(people, size=size, seed=seed)


@pytest.mark.parametrize(
    ("count", "sizes"), [(1, [1]), (5, [5]), (6, [3, 3]), (9, [5, 4]), (24, [4] * 6)]
)
def test_sizes_are_nearest_to_the_wanted(count, sizes):
    groups = draw_groups(dict.fromkeys(range(count)), size=4, seed=1)

    assert sorted(map(len, groups), reverse=True) == sizes


def test_another_number_draws_others():
    people = dict.fromkeys(range(12))

    assert draw_groups(people, size=4, seed=1) != draw_groups(people, size=4, seed=2)
