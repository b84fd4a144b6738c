"""GraphML and GEXF: other programs read out what was put in, and find nothing unknown."""

import io
import re
from xml.etree import ElementTree

import networkx as nx
from hypothesis import given
from networkx.readwrite.gexf import GEXFWriter

from network.export import Network, clean, gexf, graphml
from network.export.graph import (
    days_of,
    edge_id,
    label_of,
    sorted_edges,
    sorted_nodes,
    weight_of,
)
from tests.network.export.support import (
    ABOUT,
    ADA,
    BACK,
    BOB,
    INES,
    SMALL,
    THERE,
    expected,
    gexf_values,
    letters,
    networks,
    read_gexf,
)


def read_graphml(network):
    return nx.read_graphml(io.BytesIO("".join(graphml(network)).encode()))


def graph_of(network):
    """Return the graph that networkx would write."""
    graph = nx.DiGraph()
    for node in sorted_nodes(network):
        first, last = days_of(node)
        values = {"label": label_of(node), "role": clean(node.role), "pod": clean(node.pod)}
        values |= {"follows_out": node.follows_out, "follows_in": node.follows_in}
        values |= {"units": node.units, "first_day": first, "last_day": last}
        graph.add_node(node.id, **{name: value for name, value in values.items() if value != ""})
    for edge in sorted_edges(network):
        values = {"weight": float(weight_of(edge)), "units": edge.units, "events": edge.events}
        graph.add_edge(edge.source, edge.target, **values, **{"class": edge.tie_class})
    return graph


def lines_of(tree):
    """Return the lines of an XML text that both write."""
    return [line for line in tree.splitlines() if "<key" in line or "<data" in line]


@given(networks())
def test_graphml_is_as_networkx_writes_it(network):
    file = io.BytesIO()
    nx.write_graphml_xml(graph_of(network), file)

    assert lines_of("".join(graphml(network))) == lines_of(file.getvalue().decode())


@given(networks())
def test_values_of_gexf_are_as_networkx_writes_them(network):
    graph = graph_of(network)
    for source, target, values in graph.edges(data=True):
        values["id"] = edge_id(source, target)
    writer = GEXFWriter(version="1.3", prettyprint=True)
    writer.add_graph(graph)
    file = io.BytesIO()
    writer.write(file)

    written = file.getvalue().decode().partition("</meta>")[2]

    ours = "".join(gexf(network)).partition("</meta>")[2]
    assert ours.replace("\n", "") == written.replace(' name=""', "").replace("\n", "")


def test_graphml_has_keys_of_nodes_and_edges_alone_and_tells_the_rest_in_words():
    """Gephi reports every other key as a severe issue."""
    root = ElementTree.fromstring("".join(graphml(SMALL)))
    keys = [one for one in root if one.tag.endswith("}key")]

    assert {key.get("for") for key in keys} == {"node", "edge"}
    assert root[0].tag.endswith("}desc")
    assert root[0].text == "course: networks\nas_of: 2026-10-31\nhalf_life: 14"


def test_graphml_leaves_out_what_somebody_has_not():
    graph = read_graphml(Network((BOB, ADA, INES), (THERE, BACK), ABOUT))

    assert isinstance(graph, nx.DiGraph)
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
            "class": "very weak",
        }


# GEXF


def test_gexf_is_static_and_leaves_out_what_somebody_has_not():
    text = "".join(gexf(SMALL))

    assert read_gexf(text) == expected(SMALL)
    assert gexf_values(text, "node") == {
        "ada": {
            "role": "student",
            "pod": "Cedar",
            "follows_out": "1",
            "follows_in": "2",
            "units": "5",
            "first_day": "2026-09-08",
            "last_day": "2026-10-01",
        },
        "bob": {"role": "student", "follows_out": "0", "follows_in": "0", "units": "0"},
        "ines": {"role": "instructor", "follows_out": "0", "follows_in": "0", "units": "5"},
    }
    assert gexf_values(text, "edge") == {
        "ada>ines": {"units": "3", "events": "4", "class": "weak"},
        "ines>ada": {"units": "2", "events": "2", "class": "weak"},
    }


def test_gexf_is_dated_to_the_day_of_the_network_and_tells_how_it_was_made():
    text = "".join(gexf(SMALL))

    assert re.findall('lastmodifieddate="(.*?)"', text) == ["2026-10-31"]
    assert "<creator>Commonplace</creator>" in text
    assert "<description>course: networks\nas_of: 2026-10-31\nhalf_life: 14</description>" in text
    assert 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' in text


@given(networks())
def test_gexf_reads_back_as_the_same_network(network):
    text = "".join(gexf(network))

    assert read_gexf(text) == expected(network)
    for node, values in gexf_values(text, "node").items():
        [given] = [one for one in network.nodes if one.id == node]
        assert letters(values.get("pod", "")) == letters(given.pod)
        assert int(values["units"]) == given.units
