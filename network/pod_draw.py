"""Draw the next pods of a class from its ties and its gaps. Pure, and without chance.

A good next pod has somebody for everybody to hold on to, and people they have not met. So first
those who exchange comments are joined two by two, as many as can be and the strongest ties first
(a maximum weight matching). Then each pair, and each person left over, goes to the pod where the
fewest know each other.
"""

from collections.abc import Collection, Mapping, Sequence

import networkx as nx

from network.metrics.units import Pair, pair_of


def draw_next_pods(
    people: Collection[int],
    ties: Mapping[Pair, int],
    pod_of: Mapping[int, int],
    *,
    size: int,
) -> list[list[int]]:
    """Return everybody in pods of about a size, whose sizes differ by one at most.

    ``ties`` are weights of pairs who exchanged comments; whoever shares a pod now has met, too.
    """
    everybody = sorted(people)
    count = max(1, (len(everybody) + size // 2) // size) if everybody else 0
    rooms = [len(everybody[place::count]) for place in range(count)]
    pods: list[list[int]] = [[] for _ in range(count)]
    known = {pair for pair, weight in ties.items() if weight}

    def have_met(one: int, other: int) -> bool:
        same_pod = pod_of.get(one) is not None and pod_of.get(one) == pod_of.get(other)
        return same_pod or pair_of(one, other) in known

    def add(part: Sequence[int]) -> None:
        free = [p for p in range(count) if len(pods[p]) + len(part) <= rooms[p]]
        if not free:
            for person in part:
                add([person])
            return
        best = min(
            free,
            key=lambda p: (
                sum(have_met(person, other) for person in part for other in pods[p]),
                len(pods[p]),
                p,
            ),
        )
        pods[best].extend(part)

    pairs = _pairs(everybody, ties)
    paired = {person for pair in pairs for person in pair}
    for part in [*pairs, *([person] for person in everybody if person not in paired)]:
        add(part)
    return [sorted(pod) for pod in pods]


def _pairs(people: Sequence[int], ties: Mapping[Pair, int]) -> list[Pair]:
    """Return disjoint pairs of people with a tie, the heaviest first."""
    graph = nx.Graph()
    graph.add_nodes_from(people)
    present = set(people)
    graph.add_weighted_edges_from(
        (*pair, weight)
        for pair, weight in sorted(ties.items())
        if weight and present.issuperset(pair)
    )
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    pairs = [pair_of(*pair) for pair in matching]
    return sorted(pairs, key=lambda pair: (-ties[pair], pair))
