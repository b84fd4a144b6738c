from itertools import combinations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from network.metrics.structure import (
    Contact,
    Cut,
    average_degree,
    double_cuts,
    graph_of,
    reciprocity,
    single_cuts,
    thin_contacts,
)

PEOPLE = range(9)
pairs = st.sets(st.sampled_from(list(combinations(PEOPLE, 2))), max_size=18)
arcs = st.sets(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda a: a[0] != a[1])
)


def parts_without(graph, people):
    """Return the number of parts of those whom these people reach, once they are gone."""
    reached = set().union(*(nx.node_connected_component(graph, p) for p in people))
    return nx.number_connected_components(graph.subgraph(reached - set(people)))


def test_somebody_holds_two_parts_together():
    graph = graph_of(range(7), [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (3, 5), (4, 5)])

    assert single_cuts(graph) == [Cut((2,), frozenset({0, 1})), Cut((3,), frozenset({4, 5}))]


def test_two_hold_two_parts_together():
    ring = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (0, 6)]

    found = double_cuts(graph_of(range(7), ring))

    assert single_cuts(graph_of(range(7), ring)) == []
    assert Cut((0, 3), frozenset({1, 2})) in found
    assert all(len(cut.cut_off) >= 2 for cut in found)


def test_a_contact_of_two_groups_goes_through_two_people():
    groups = {person: person // 3 for person in PEOPLE}
    here = [(0, 3), (0, 4), (0, 5), (1, 3), (2, 3)]
    ties = [*here, (3, 6), (0, 1), (2, 7), (5, 7), (5, 8), (4, 6)]

    found = thin_contacts(ties, groups)

    assert found == [
        Contact(0, 1, (0, 3), 5),
        Contact(0, 2, (2, 7), 1),
        Contact(1, 2, (5, 6), 4),
    ]


@given(pairs)
def test_without_them_there_are_more_parts(ties):
    graph = graph_of(PEOPLE, ties)
    for cut in [*single_cuts(graph), *double_cuts(graph)]:
        assert parts_without(graph, cut.people) > 1
        rest = graph.subgraph(set(graph) - set(cut.people))
        kept = set().union(*(nx.node_connected_component(graph, p) for p in cut.people))
        kept -= cut.cut_off | set(cut.people)
        assert not any(nx.has_path(rest, lost, other) for lost in cut.cut_off for other in kept)


@given(pairs)
def test_all_people_who_hold_parts_are_found(ties):
    graph = graph_of(PEOPLE, ties)
    expected = set()
    for person in PEOPLE:
        rest = graph.subgraph(nx.node_connected_component(graph, person) - {person})
        sizes = sorted(map(len, nx.connected_components(rest)))
        if len(sizes) > 1 and sum(sizes[:-1]) >= 2:
            expected.add(person)

    assert {cut.people[0] for cut in single_cuts(graph)} == expected


@given(pairs)
def test_average_degree_is_that_of_networkx(ties):
    graph = graph_of(PEOPLE, ties)

    assert average_degree(PEOPLE, ties) == sum(dict(graph.degree).values()) / len(PEOPLE)


@given(arcs)
def test_reciprocity_is_the_share_of_arcs_that_are_returned(found):
    returned = sum((b, a) in found for a, b in found)

    assert reciprocity(found) == (returned / len(found) if found else None)
