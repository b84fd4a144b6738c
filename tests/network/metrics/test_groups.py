from itertools import combinations
from math import isclose

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from network.metrics.groups import Mixing, mixing

PEOPLE = range(8)
pairs = st.sets(st.sampled_from(list(combinations(PEOPLE, 2))))
groups = st.dictionaries(st.sampled_from(PEOPLE), st.integers(1, 3))


def test_mixing_counts_each_tie_once():
    found = mixing([(0, 1), (0, 2), (2, 3), (0, 7)], {0: 5, 1: 5, 2: 9, 3: 9})

    assert found == Mixing(
        groups=(5, 9),
        matrix=((1, 1), (1, 1)),
        internal=2,
        external=1,
        ei_index=-1 / 3,
        expected=1 / 3,  # four of six possible pairs are of two groups
    )


def test_without_groups_there_is_no_index():
    assert mixing([(0, 1)], {}) == Mixing((), (), 0, 0, None, None)


@given(pairs, groups)
def test_every_tie_is_inside_or_outside(ties, group_of):
    found = mixing(ties, group_of)

    grouped = [pair for pair in ties if set(pair) <= group_of.keys()]
    assert found.internal + found.external == len(grouped)
    assert found.internal == sum(group_of[a] == group_of[b] for a, b in grouped)
    assert all(row[i] == found.matrix[i][j] for j, row in enumerate(found.matrix) for i in range(j))


@given(groups)
def test_a_class_where_everybody_has_met_is_mixed_at_random(group_of):
    found = mixing(combinations(sorted(group_of), 2), group_of)

    assert (found.ei_index is None) == (found.expected is None)
    assert found.ei_index is None or isclose(found.ei_index, found.expected)
    assert found.ei_index is None or found.external == len(
        [
            pair
            for pair in nx.complete_graph(list(group_of)).edges
            if group_of[pair[0]] != group_of[pair[1]]
        ]
    )
