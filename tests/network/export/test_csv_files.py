"""Files of a network: what other programs read out of them is what was put in, and harmless."""

import csv
import io
import unicodedata
from datetime import date

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from network.export import Edge, Network, Node, clean, graphml, pseudonym, tables

ABOUT: dict[str, str | int] = {"course": "networks", "as_of": "2026-10-31", "half_life": 14}

ADA = Node("ada", "Ada", "student", "Cedar", 1, 2, 5, date(2026, 9, 8), date(2026, 10, 1))
BOB = Node("bob", "Bob", "student")
INES = Node("ines", "Ines", "instructor", units=5)
THERE = Edge("ada", "ines", 1.23456789, 3, 4, "weak")
BACK = Edge("ines", "ada", 0.000012345678, 2, 2, "weak")

ids = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)
hostile = st.one_of(
    st.text(),
    st.builds(str.__add__, st.sampled_from([*"=+-@\t\r\n \x00"]), st.text()),
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
            "strong",
        )
        for a, b in (draw(st.lists(st.sampled_from(ends), unique=True)) if ends else [])
    ]
    return Network(tuple(nodes), tuple(edges), {**ABOUT, "ties": draw(hostile)})


def read_tables(network):
    return {
        name: list(csv.DictReader(io.StringIO(text, newline="")))
        for name, text in tables(network).items()
    }


def read_graphml(network):
    return nx.read_graphml(io.BytesIO(graphml(network).encode()))


def letters(text):
    return [sign for sign in text if sign.isalnum()]


# Tables


def test_tables_have_the_columns_and_rows_in_order():
    files = tables(Network((INES, ADA, BOB), (BACK, THERE), ABOUT))

    assert files == {
        "nodes.csv": (
            "Id,Label,Role,Pod,FollowsOut,FollowsIn,Units,FirstDay,LastDay\n"
            "ada,Ada,student,Cedar,1,2,5,2026-09-08,2026-10-01\n"
            "bob,Bob,student,,0,0,0,,\n"
            "ines,Ines,instructor,,0,0,5,,\n"
        ),
        "edges.csv": (
            "Source,Target,Type,Id,Weight,Units,Events,Class\n"
            "ada,ines,Directed,ada>ines,1.23457,3,4,weak\n"
            "ines,ada,Directed,ines>ada,1.23457e-05,2,2,weak\n"
        ),
    }


def test_cells_that_begin_like_a_formula_are_led_by_an_apostrophe():
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "a=1"]
    nodes = tuple(Node(f"p{n}", name, "student") for n, name in enumerate(names))

    rows = read_tables(Network(nodes, (), ABOUT))["nodes.csv"]

    assert [row["Label"] for row in rows] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "'=1",
        "'=1",
        "'=1",
        "a=1",
    ]


@settings(deadline=None)
@given(networks())
def test_tables_read_back_hold_everything_on_one_line_each(network):
    files = read_tables(network)
    nodes = {node.id: node for node in network.nodes}
    edges = {(edge.source, edge.target): edge for edge in network.edges}

    assert [row["Id"] for row in files["nodes.csv"]] == sorted(nodes)
    for row in files["nodes.csv"]:
        node = nodes[row["Id"]]
        assert letters(row["Label"]) == letters(node.label) or row["Label"] == node.id
        assert letters(row["Pod"]) == letters(node.pod)
        assert row["Role"] == node.role
        assert [int(row[name]) for name in ("FollowsOut", "FollowsIn", "Units")] == [
            node.follows_out,
            node.follows_in,
            node.units,
        ]
        for name, day in {"FirstDay": node.first_day, "LastDay": node.last_day}.items():
            assert (date.fromisoformat(row[name]) if row[name] else None) == day
    assert [(row["Source"], row["Target"]) for row in files["edges.csv"]] == sorted(edges)
    for row in files["edges.csv"]:
        edge = edges[row["Source"], row["Target"]]
        assert abs(float(row["Weight"]) - edge.weight) <= edge.weight * 5.1e-6
        assert (int(row["Units"]), int(row["Events"])) == (edge.units, edge.events)
        assert (row["Type"], row["Class"]) == ("Directed", "strong")
    assert len({row["Id"] for row in files["edges.csv"]}) == len(edges)


@settings(deadline=None)
@given(networks())
def test_no_cell_runs_or_breaks_a_line(network):
    for text in tables(network).values():
        for cell in (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in cell)


# GraphML


def test_graphml_leaves_out_what_somebody_has_not():
    graph = read_graphml(Network((BOB, ADA, INES), (THERE, BACK), ABOUT))

    assert isinstance(graph, nx.DiGraph)
    assert {k: v for k, v in graph.graph.items() if not k.endswith("_default")} == ABOUT
    assert dict(graph.nodes(data=True)) == {
        "ada": {
            "label": "Ada",
            "role": "student",
            "pod": "Cedar",
            "follows_out": 1,
            "follows_in": 2,
            "units": 5,
            "first_day": "2026-09-08",
            "last_day": "2026-10-01",
        },
        "bob": {"label": "Bob", "role": "student", "follows_out": 0, "follows_in": 0, "units": 0},
        "ines": {
            "label": "Ines",
            "role": "instructor",
            "follows_out": 0,
            "follows_in": 0,
            "units": 5,
        },
    }
    assert dict(graph.edges) == {
        ("ada", "ines"): {"weight": 1.23457, "units": 3, "events": 4, "class": "weak"},
        ("ines", "ada"): {"weight": 1.23457e-05, "units": 2, "events": 2, "class": "weak"},
    }


@settings(deadline=None)
@given(networks())
def test_graphml_reads_back_as_the_same_network(network):
    graph = read_graphml(network)

    assert list(graph.nodes) == sorted(node.id for node in network.nodes)
    for node in network.nodes:
        stored = graph.nodes[node.id]
        assert letters(stored["label"]) == letters(node.label) or stored["label"] == node.id
        assert letters(stored.get("pod", "")) == letters(node.pod)
        assert stored.get("role", "") == node.role
        assert (stored["follows_out"], stored["follows_in"], stored["units"]) == (
            node.follows_out,
            node.follows_in,
            node.units,
        )
        assert stored.get("first_day") == (node.first_day and node.first_day.isoformat())
        assert stored.get("last_day") == (node.last_day and node.last_day.isoformat())
    assert set(graph.edges) == {(edge.source, edge.target) for edge in network.edges}
    for edge in network.edges:
        assert graph.edges[edge.source, edge.target] == {
            "weight": float(f"{edge.weight:.5e}"),
            "units": edge.units,
            "events": edge.events,
            "class": "strong",
        }


@settings(deadline=None)
@given(networks())
def test_files_do_not_depend_on_the_order_of_what_is_given(network):
    turned = Network(network.nodes[::-1], network.edges[::-1], network.about)

    assert tables(turned) == tables(network)
    assert graphml(turned) == graphml(network)


# Names


@settings(deadline=None)
@given(hostile)
def test_cleaned_text_is_one_trimmed_line_and_stays_so(text):
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert letters(cleaned) == letters(text)
    assert cleaned == cleaned.strip()
    assert len(cleaned.splitlines()) <= 1


def test_pseudonyms_are_stable_and_differ_by_key_course_and_person():
    variants = [("key", 1, 1), ("key", 1, 2), ("key", 2, 1), ("other", 1, 1), ("key", 11, 1)]

    assert len({pseudonym(*one) for one in variants}) == len(variants)
    assert pseudonym("key", 1, 1) == pseudonym("key", 1, 1)
    assert len({pseudonym("key", 1, person) for person in range(5000)}) == 5000
