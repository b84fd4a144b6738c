"""GraphML and GEXF, for Gephi, Cytoscape, igraph and others.

Both say how the ties were computed in a description: Gephi reports each key of a GraphML file that
is neither for nodes nor for edges as an error.
"""

import io
from collections.abc import Callable

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from network.export.graph import (
    Network,
    Node,
    clean,
    days_of,
    description,
    edge_id,
    label_of,
    sorted_edges,
    sorted_nodes,
    weight_of,
)

XML_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def graphml(network: Network) -> str:
    """Return the network as GraphML; missing values, such as a pod, are left out."""
    writer = GraphMLWriter(prettyprint=True)
    writer.add_graph_element(_graph(network))
    said = writer.xml.makeelement("desc", {})
    said.text = description(network)
    writer.xml.insert(0, said)
    return _written(writer.dump)


def gexf(network: Network) -> str:
    """Return the network as static GEXF 1.3; missing values, such as a pod, are left out.

    Its date is the day of the network, so that the same network makes the same file.
    """
    graph = _graph(network)
    for source, target, data in graph.edges(data=True):
        data["id"] = edge_id(source, target)
    writer = GEXFWriter(version="1.3", prettyprint=True)
    writer.add_graph(graph)
    # The library writes another address here, by which no validator knows the attribute.
    writer.xml.set("xmlns:xsi", XML_SCHEMA_INSTANCE)
    writer.graph_element.attrib.pop("name", None)
    meta = writer.xml.find("meta")
    meta.set("lastmodifieddate", str(network.about.get("as_of", "")))
    meta.find("creator").text = "Commonplace"
    said = meta.makeelement("description", {})
    said.text = description(network)
    meta.append(said)
    return _written(writer.write)


def _graph(network: Network) -> nx.DiGraph:
    graph = nx.DiGraph()
    for node in sorted_nodes(network):
        graph.add_node(node.id, **_known(node))
    for edge in sorted_edges(network):
        graph.add_edge(
            edge.source,
            edge.target,
            **{
                "weight": float(weight_of(edge)),
                "units": edge.units,
                "events": edge.events,
                "class": edge.tie_class,
            },
        )
    return graph


def _known(node: Node) -> dict[str, str | int]:
    first_day, last_day = days_of(node)
    values: dict[str, str | int] = {
        "label": label_of(node),
        "role": clean(node.role),
        "pod": clean(node.pod),
        "follows_out": node.follows_out,
        "follows_in": node.follows_in,
        "units": node.units,
        "first_day": first_day,
        "last_day": last_day,
    }
    return {name: value for name, value in values.items() if value != ""}


def _written(write: Callable[[io.BytesIO], None]) -> str:
    file = io.BytesIO()
    write(file)
    return file.getvalue().decode().rstrip("\n") + "\n"
