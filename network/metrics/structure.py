"""The shape of the graph of students: its average degree, what is returned, what holds it together.

Average degree, not size, says how far measures of single people can be trusted (Martin & Niemeyer
2021), so nobody is named where it is below ``MIN_AVERAGE_DEGREE``. That somebody holds two parts
together is no role: nine in ten bridges are gone a year later (Burt 2002).
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import networkx as nx

from network.metrics.units import Arc, Pair, pair_of

MIN_AVERAGE_DEGREE = 4
# Looking for pairs asks once for each person, which costs a second in a class of 300.
MAX_PEOPLE_FOR_PAIRS = 120
# A single person who has exchanged comments with two others always depends on these two.
MIN_CUT_OFF = 2


class Cut(NamedTuple):
    """One or two people without whom others lose every path to the rest of the class."""

    people: tuple[int, ...]
    cut_off: frozenset[int]


class Contact(NamedTuple):
    """Two groups whose whole contact goes through one or two people."""

    one: int
    other: int
    people: tuple[int, ...]
    ties: int


def graph_of(people: Iterable[int], pairs: Iterable[Pair]) -> nx.Graph:
    """Return the graph with its nodes and edges in the order of their keys."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(people))
    graph.add_edges_from(sorted(pairs))
    return graph


def average_degree(people: Collection[int], pairs: Collection[Pair]) -> float:
    """Return with how many others somebody has exchanged comments, on average."""
    return 2 * len(pairs) / len(people) if people else 0.0


def reciprocity(arcs: Iterable[Arc]) -> float | None:
    """Return the share of arcs that are returned, from 0 to 1, or None where there is none.

    Of arcs, not of pairs: two people who wrote to each other have two that are returned.
    """
    graph = nx.DiGraph(arcs)
    return nx.reciprocity(graph) if graph.number_of_edges() else None


def single_cuts(graph: nx.Graph) -> list[Cut]:
    """Return the articulation points without whom ``MIN_CUT_OFF`` others or more lose the rest."""
    cuts = []
    for person in sorted(nx.articulation_points(graph)):
        lost = _cut_off(graph, (person,))
        if len(lost) >= MIN_CUT_OFF:
            cuts.append(Cut((person,), lost))
    return _largest_first(cuts)


def double_cuts(graph: nx.Graph) -> list[Cut]:
    """Return the pairs that cut others off together, where neither does alone (cut pairs).

    Empty in a class of more than ``MAX_PEOPLE_FOR_PAIRS``.
    """
    if len(graph) > MAX_PEOPLE_FOR_PAIRS:
        return []
    alone = set(nx.articulation_points(graph))
    pairs = set()
    for person in graph:
        if person in alone:
            continue
        without = graph.subgraph(set(graph) - {person})
        for other in set(nx.articulation_points(without)) - alone:
            pairs.add(pair_of(person, other))
    cuts = [Cut(pair, _cut_off(graph, pair)) for pair in sorted(pairs)]
    return _largest_first([cut for cut in cuts if len(cut.cut_off) >= MIN_CUT_OFF])


def thin_contacts(pairs: Iterable[Pair], group_of: dict[int, int]) -> list[Contact]:
    """Return the groups whose ties to each other all have one or two people at their ends.

    A single tie between two groups has two such people, and both are named. The smallest set of
    people that touches every tie is a vertex cover, which Kőnig's theorem finds from a matching.
    """
    between: dict[Pair, list[Pair]] = {}
    for one, other in pairs:
        groups = (group_of.get(one), group_of.get(other))
        if None not in groups and groups[0] != groups[1]:
            between.setdefault(pair_of(*groups), []).append((one, other))  # type: ignore[arg-type]
    contacts = []
    for (first, second), ties in sorted(between.items()):
        people = _holders(sorted(ties), first, group_of)
        if len(people) <= 2:
            contacts.append(Contact(first, second, people, len(ties)))
    return contacts


def _holders(ties: list[Pair], first: int, group_of: dict[int, int]) -> tuple[int, ...]:
    if len(ties) == 1:
        return tuple(sorted(ties[0]))
    graph = nx.Graph(ties)
    top = sorted(person for person in graph if group_of[person] == first)
    matching = nx.bipartite.hopcroft_karp_matching(graph, top)
    return tuple(sorted(nx.bipartite.to_vertex_cover(graph, matching, top)))


def _cut_off(graph: nx.Graph, people: Collection[int]) -> frozenset[int]:
    """Return who loses the largest remaining part when some people are gone.

    Only those who could reach these people count: others had no path to lose.
    """
    reachable = set().union(*(nx.node_connected_component(graph, person) for person in people))
    rest = graph.subgraph(reachable - set(people))
    parts = sorted(nx.connected_components(rest), key=lambda part: (-len(part), min(part)))
    return frozenset().union(*parts[1:])


def _largest_first(cuts: list[Cut]) -> list[Cut]:
    return sorted(cuts, key=lambda cut: (-len(cut.cut_off), cut.people))
