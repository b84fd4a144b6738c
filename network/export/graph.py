"""Export a class network in formats of other programs. Pure: plain data in, text out.

Network programs cannot read missing values, lists, dates and control characters, so none is
written. Spreadsheets run what begins like a formula, and people choose their own names, so such a
cell begins with an apostrophe. Rows are sorted, so that two exports can be compared line by line.
"""

import csv
import hmac
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import networkx as nx

NODE_HEADER = "Id,Label,Role,Pod,FollowsOut,FollowsIn,Units,FirstDay,LastDay"
EDGE_HEADER = "Source,Target,Type,Id,Weight,Units,Events,Class"

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


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
    """What one person wrote to another; `weight` is s, `tie_class` the class of the two."""

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


def pseudonym(key: str, course: int, person: int) -> str:
    """Return a pseudonym that is the same in every export and says nothing without the key."""
    digest = hmac.digest(key.encode(), f"{course}:{person}".encode(), "sha256")
    return f"P{digest.hex()[:12]}"


def tables(network: Network) -> dict[str, str]:
    """Return the network as two CSV files for Gephi and spreadsheets: contents by file name."""
    nodes = (
        (n.id, _label(n), n.role, n.pod, n.follows_out, n.follows_in, n.units, *_days(n))
        for n in _nodes(network)
    )
    edges = (
        (e.source, e.target, "Directed", _edge_id(e), *_measures(e), e.tie_class)
        for e in _edges(network)
    )
    return {"nodes.csv": _table(NODE_HEADER, nodes), "edges.csv": _table(EDGE_HEADER, edges)}


def graphml(network: Network) -> str:
    """Return the network as GraphML; missing values, such as a pod, are left out."""
    graph = nx.DiGraph(**{name: _clean_if_text(value) for name, value in network.about.items()})
    for node in _nodes(network):
        first_day, last_day = _days(node)
        known = {
            "label": _label(node),
            "role": clean(node.role),
            "pod": clean(node.pod),
            "follows_out": node.follows_out,
            "follows_in": node.follows_in,
            "units": node.units,
            "first_day": first_day,
            "last_day": last_day,
        }
        graph.add_node(node.id, **{name: value for name, value in known.items() if value != ""})
    for edge in _edges(network):
        weight, units, events = _measures(edge)
        graph.add_edge(
            edge.source,
            edge.target,
            **{"weight": float(weight), "units": units, "events": events, "class": edge.tie_class},
        )
    file = io.BytesIO()
    nx.write_graphml_xml(graph, file)
    return file.getvalue().decode() + "\n"


FORMATS = {"csv": tables, "graphml": graphml}


def clean(text: str) -> str:
    """Return a text as one line, without characters that XML or a table cannot hold."""
    allowed = (
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text
        if unicodedata.category(sign) != "Cs" and sign not in "\ufffe\uffff"
    )
    return " ".join("".join(allowed).split())


def _nodes(network: Network) -> list[Node]:
    return sorted(network.nodes, key=lambda node: node.id)


def _edges(network: Network) -> list[Edge]:
    return sorted(network.edges, key=lambda edge: (edge.source, edge.target))


def _label(node: Node) -> str:
    return clean(node.label) or node.id


def _days(node: Node) -> tuple[str, str]:
    first, last = (day.isoformat() if day else "" for day in (node.first_day, node.last_day))
    return first, last


def _measures(edge: Edge) -> tuple[str, int, int]:
    return f"{edge.weight:.6g}", edge.units, edge.events


def _edge_id(edge: Edge) -> str:
    """Return an edge's id, made of its ends: a number would shift with every earlier edge."""
    return f"{edge.source}>{edge.target}"


def _clean_if_text(value: str | int) -> str | int:
    return clean(value) if isinstance(value, str) else value


def _table(header: str, rows: Iterable[tuple]) -> str:
    file = io.StringIO()
    file.write(f"{header}\n")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: str | int) -> str:
    text = clean(str(value))
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
