"""Pajek, UCINET's DL and NetDraw's VNA: formats whose programs tell people apart by their labels.

So ids are the labels here. They are usernames or pseudonyms, without blanks and quotes.
"""

from collections.abc import Iterable, Iterator

from network.export.graph import (
    Network,
    clean,
    days_of,
    description,
    label_of,
    sorted_edges,
    sorted_nodes,
    weight_of,
)

VNA_NODE_HEADER = "ID Label Role Pod FollowsOut FollowsIn Units FirstDay LastDay"
VNA_TIE_HEADER = "from to strength units events class"


def pajek(network: Network) -> Iterator[str]:
    """Return the network for Pajek (.net): numbered vertices and weighted arcs."""
    nodes = sorted_nodes(network)
    numbers = {node.id: number for number, node in enumerate(nodes, start=1)}
    return _lines(
        [f"% {line}" for line in description(network).splitlines()],
        [f"*Vertices {len(nodes)}"],
        [f"{numbers[node.id]} {_quoted(node.id)}" for node in nodes],
        ["*Arcs"],
        (
            f"{numbers[edge.source]} {numbers[edge.target]} {weight_of(edge)}"
            for edge in sorted_edges(network)
        ),
    )


def ucinet(network: Network) -> Iterator[str]:
    """Return the network for UCINET (DL, edgelist1).

    The list of labels has everybody in it, as the arcs name nobody who has none. Each keyword has
    a line of its own: igraph reads no other.
    """
    nodes = sorted_nodes(network)
    return _lines(
        [f"dl n={len(nodes)}", "format=edgelist1"],
        ["labels:", ",".join(node.id for node in nodes)] if nodes else [],
        ["labels embedded:", "data:"],
        (f"{edge.source} {edge.target} {weight_of(edge)}" for edge in sorted_edges(network)),
    )


def netdraw(network: Network) -> Iterator[str]:
    """Return the network for NetDraw (VNA): people with their attributes, and their arcs."""
    return _lines(
        ["*Node data", VNA_NODE_HEADER],
        [
            _row(
                *(node.id, label_of(node), node.role, node.pod),
                *(node.follows_out, node.follows_in, node.units),
                *days_of(node),
            )
            for node in sorted_nodes(network)
        ],
        ["*Tie data", VNA_TIE_HEADER],
        (
            f"{_row(edge.source, edge.target)} {weight_of(edge)} "
            f"{_row(edge.units, edge.events, edge.tie_class)}"
            for edge in sorted_edges(network)
        ),
    )


def _row(*values: str | int) -> str:
    return " ".join(_quoted(value) if isinstance(value, str) else str(value) for value in values)


def _quoted(text: str) -> str:
    """Return a text in quotes; one that has quotes itself gets others, as no format escapes any."""
    return '"{}"'.format(clean(text).replace('"', "'"))


def _lines(*parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        for line in part:
            yield f"{line}\n"
