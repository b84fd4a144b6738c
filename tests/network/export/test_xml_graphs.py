"""GraphML and GEXF: other programs read out what was put in, and find nothing unknown."""

import io
import re
from xml.etree import ElementTree

import networkx as nx
from hypothesis import given

from network.export import Network, gexf, graphml
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
    return nx.read_graphml(io.BytesIO(graphml(network).encode()))


def test_graphml_has_keys_of_nodes_and_edges_alone_and_tells_the_rest_in_words():
    """Gephi reports every other key as a severe issue."""
    root = ElementTree.fromstring(graphml(SMALL))
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
    text = gexf(SMALL)

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
    text = gexf(SMALL)

    assert re.findall('lastmodifieddate="(.*?)"', text) == ["2026-10-31"]
    assert "<creator>Commonplace</creator>" in text
    assert "<description>course: networks\nas_of: 2026-10-31\nhalf_life: 14</description>" in text
    assert 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' in text


@given(networks())
def test_gexf_reads_back_as_the_same_network(network):
    text = gexf(network)

    assert read_gexf(text) == expected(network)
    for node, values in gexf_values(text, "node").items():
        [given] = [one for one in network.nodes if one.id == node]
        assert letters(values.get("pod", "")) == letters(given.pod)
        assert int(values["units"]) == given.units
