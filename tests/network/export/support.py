"""Networks to export, and small readers of the formats that no other library here reads.

The readers are written after the formats' own descriptions and share nothing with the writers.
"""

import re
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree

from hypothesis import strategies as st

from network.export import Edge, Network, Node

ABOUT: dict[str, str | int] = {"course": "networks", "as_of": "2026-10-31", "half_life": 14}

ADA = Node("ada", "Ada", "student", "Cedar", 1, 2, 5, date(2026, 9, 8), date(2026, 10, 1))
BOB = Node("bob", "Bob", "student")
INES = Node("ines", "Ines", "instructor", units=5)
THERE = Edge("ada", "ines", 1.23456789, 3, 4, "weak")
BACK = Edge("ines", "ada", 0.000012345678, 2, 2, "weak")
SMALL = Network((INES, ADA, BOB), (BACK, THERE), ABOUT)

ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
hostile = st.one_of(
    st.text(),
    st.builds(str.__add__, st.sampled_from([*"=+-@＝＠\t\r\n \x00"]), st.text()),
    st.sampled_from(
        ["=cmd|' /C calc'!A0", "\t=1+1", "]]>", "<b>", '"', ",", "\x85", "\u2028", "\ufffe"]
    ),
)


@st.composite
def networks(draw):
    names = draw(st.lists(ids, unique=True, max_size=6))
    days = st.none() | st.dates()
    counts = st.integers(0, 10**6)
    nodes = [
        Node(
            name,
            draw(hostile),
            draw(st.sampled_from(["student", "instructor", ""])),
            draw(hostile),
            draw(counts),
            draw(counts),
            draw(counts),
            draw(days),
            draw(days),
        )
        for name in names
    ]
    ends = [(a, b) for a in names for b in names if a != b]
    edges = [
        Edge(
            a,
            b,
            draw(st.floats(1e-9, 1e6)),
            draw(st.integers(1, 999)),
            draw(st.integers(1, 999)),
            "very weak",
        )
        for a, b in (draw(st.lists(st.sampled_from(ends), unique=True)) if ends else [])
    ]
    return Network(tuple(nodes), tuple(edges), {**ABOUT, "ties": draw(hostile)})


def letters(text):
    return [sign for sign in text if sign.isalnum()]


class Found(NamedTuple):
    """Everybody in a file, in its order, and the weight of each arc."""

    people: list[str]
    arcs: dict[tuple[str, str], float]


def expected(network) -> Found:
    """Return what every file of a network has to hold: weights have six digits."""
    return Found(
        sorted(node.id for node in network.nodes),
        {(edge.source, edge.target): float(f"{edge.weight:.5e}") for edge in network.edges},
    )


def read_gexf(text) -> Found:
    """Read GEXF 1.3 (gexf.net/1.3); it has to be static and directed."""
    root = ElementTree.fromstring(text.encode())
    gexf = {"g": "http://gexf.net/1.3"}
    assert root.tag == "{http://gexf.net/1.3}gexf"
    assert root.get("version") == "1.3"
    graph = root.find("g:graph", gexf)
    assert dict(graph.items()) == {"defaultedgetype": "directed", "mode": "static"}
    ids = [edge.get("id") for edge in graph.iterfind("g:edges/g:edge", gexf)]
    assert len(set(ids)) == len(ids)
    return Found(
        [node.get("id") for node in graph.iterfind("g:nodes/g:node", gexf)],
        {
            (edge.get("source"), edge.get("target")): float(edge.get("weight"))
            for edge in graph.iterfind("g:edges/g:edge", gexf)
        },
    )


def gexf_values(text, kind) -> dict[str, dict[str, str]]:
    """Return the attributes of the nodes or edges of a GEXF file by their titles."""
    gexf = {"g": "http://gexf.net/1.3"}
    graph = ElementTree.fromstring(text.encode()).find("g:graph", gexf)
    titles = {
        attribute.get("id"): attribute.get("title")
        for attribute in graph.iterfind(f"g:attributes[@class='{kind}']/g:attribute", gexf)
    }
    return {
        one.get("id"): {
            titles[value.get("for")]: value.get("value")
            for value in one.iterfind("g:attvalues/g:attvalue", gexf)
        }
        for one in graph.iterfind(f"g:{kind}s/g:{kind}", gexf)
    }


def read_net(text) -> Found:
    """Read Pajek's format: comments begin with %, vertices have numbers, arcs name these."""
    lines = [line for line in text.splitlines() if not line.startswith("%")]
    assert lines
    count = int(re.fullmatch(r"\*Vertices ([0-9]+)", lines[0])[1])
    vertices = dict(
        re.fullmatch(r'([0-9]+) "([^"]+)"', line).groups() for line in lines[1:][:count]
    )
    assert list(vertices) == [str(number) for number in range(1, count + 1)]
    assert lines[count + 1] == "*Arcs"
    arcs = [line.split(" ") for line in lines[count + 2 :]]
    return Found(
        list(vertices.values()),
        {(vertices[source], vertices[target]): float(weight) for source, target, weight in arcs},
    )


def read_dl(text) -> Found:
    """Read UCINET's DL, edgelist1, with a list of labels and with labels in the arcs."""
    head, _, data = text.partition("data:\n")
    match = re.fullmatch(
        r"dl n=([0-9]+)\nformat=edgelist1\n(?:labels:\n(.+)\n)?labels embedded:\n", head
    )
    people = match[2].split(",") if match[2] else []
    assert len(people) == int(match[1])
    arcs = [line.split(" ") for line in data.splitlines()]
    assert {person for arc in arcs for person in arc[:2]} <= set(people)
    return Found(people, {(source, target): float(weight) for source, target, weight in arcs})


def read_vna(text) -> tuple[Found, list[dict[str, str]], list[dict[str, str]]]:
    """Read NetDraw's VNA: who is in it and the arcs, and the attributes of both."""
    nodes, _, ties = text.removeprefix("*Node data\n").partition("*Tie data\n")
    people, arcs = _vna_rows(nodes), _vna_rows(ties)
    found = Found(
        [person["ID"] for person in people],
        {(arc["from"], arc["to"]): float(arc["strength"]) for arc in arcs},
    )
    return found, people, arcs


def _vna_rows(part):
    header, *lines = part.splitlines()
    names = header.split(" ")
    rows = [
        [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', line)]
        for line in lines
    ]
    return [dict(zip(names, row, strict=True)) for row in rows]
