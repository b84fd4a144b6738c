"""Ties within and between groups: pods, or sections."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import networkx as nx

from network.metrics.units import Pair


class Mixing(NamedTuple):
    """Ties between groups, each tie counted once; ``matrix`` has rows and columns of ``groups``.

    ``ei_index`` is (external − internal) / (external + internal), from −1, all ties within groups,
    to 1, all between them (Krackhardt & Stern 1988); ``expected`` is the index if everybody chose
    at random. Both are None where there is nothing to divide by.
    """

    groups: tuple[int, ...]
    matrix: tuple[tuple[int, ...], ...]
    internal: int
    external: int
    ei_index: float | None
    expected: float | None


def mixing(pairs: Iterable[Pair], group_of: Mapping[int, int]) -> Mixing:
    """Count the ties of people who have a group; the others are left out."""
    graph = nx.Graph()
    for person, group in sorted(group_of.items()):
        graph.add_node(person, group=group)
    graph.add_edges_from(sorted(p for p in pairs if p[0] in group_of and p[1] in group_of))
    groups = tuple(sorted(set(group_of.values())))
    if not groups:
        return Mixing((), (), 0, 0, None, None)
    places = {group: place for place, group in enumerate(groups)}
    both_ways = nx.attribute_mixing_matrix(graph, "group", mapping=places, normalized=False)
    # An edge stands in it once each way, so those within a group stand twice in one cell.
    matrix = tuple(
        tuple(int(cell) // (2 if row == column else 1) for column, cell in enumerate(cells))
        for row, cells in enumerate(both_ways)
    )
    internal = sum(matrix[place][place] for place in range(len(groups)))
    external = graph.number_of_edges() - internal
    return Mixing(
        groups, matrix, internal, external, _index(internal, external), _expected(group_of)
    )


def _index(internal: int, external: int) -> float | None:
    total = internal + external
    return (external - internal) / total if total else None


def _expected(group_of: Mapping[int, int]) -> float | None:
    """Return the index of a class where each pair is as likely to have a tie as any other."""
    people = len(group_of)
    possible = people * (people - 1) // 2
    inside = sum(size * (size - 1) // 2 for size in Counter(group_of.values()).values())
    return _index(inside, possible - inside)
