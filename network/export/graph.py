"""The network that is exported, as plain data, and what all its files have in common.

Network programs cannot read missing values, lists, dates and control characters, so none is
written. Rows are sorted, so that two exports can be compared line by line.
"""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Node:
    """A person; units and days are of all they wrote to others and others to them."""

    id: str
    label: str
    role: str
    pod: str = ""
    follows_out: int = 0
    follows_in: int = 0
    units: int = 0
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Edge:
    """One person's comments to another; `weight` is s, `tie_class` the class of the two."""

    source: str
    target: str
    weight: float
    units: int
    events: int
    tie_class: str


@dataclass(frozen=True)
class Network:
    """The people and arcs of a course; `about` says how the ties were computed."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    about: dict[str, str | int]


def pseudonym(key: str, course: int, person: int | str, *, prefix: str = "P") -> str:
    """Return a pseudonym that is the same in every export and says nothing without the key.

    ``prefix`` begins it, and tells a person (P) from other things of the course.
    """
    digest = hmac.digest(key.encode(), f"{course}:{person}".encode(), "sha256")
    return f"{prefix}{digest.hex()[:12]}"


def clean(text: str) -> str:
    """Return a text as one line, without characters that XML or a table cannot hold."""
    allowed = (
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text
        if unicodedata.category(sign) != "Cs" and sign not in "\ufffe\uffff"
    )
    return " ".join("".join(allowed).split())


def sorted_nodes(network: Network) -> list[Node]:
    return sorted(network.nodes, key=lambda node: node.id)


def sorted_edges(network: Network) -> list[Edge]:
    return sorted(network.edges, key=lambda edge: (edge.source, edge.target))


def label_of(node: Node) -> str:
    """Return a node's label on one line; its id where it has none."""
    return clean(node.label) or node.id


def days_of(node: Node) -> tuple[str, str]:
    """Return the first and the last day as ISO dates, "" where there is none."""
    first, last = (day.isoformat() if day else "" for day in (node.first_day, node.last_day))
    return first, last


def weight_of(edge: Edge) -> str:
    """Return an edge's weight with six significant digits."""
    return f"{edge.weight:.6g}"


def edge_id(source: str, target: str) -> str:
    """Return an edge's id, made of its ends: a number would shift with every earlier edge."""
    return f"{source}>{target}"


def description(network: Network) -> str:
    """Return facts on the computation of ties, one a line, for files that have room for it."""
    return "\n".join(f"{name}: {clean(str(value))}" for name, value in network.about.items())
