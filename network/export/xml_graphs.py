"""GraphML and GEXF, for Gephi, Cytoscape, igraph and others.

Both say how the ties were computed in a description: Gephi reports each key of a GraphML file that
is neither for nodes nor for edges as an error. They are written as networkx writes them, line by
line: a graph in memory beside the rows would be ten times as large as they are.
"""

from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from network.export.graph import (
    Edge,
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

Values = dict[str, str | int | float]

TYPES = {str: "string", int: "long", float: "double"}
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://gexf.net/1.3"


def graphml(network: Network) -> Iterator[str]:
    """Yield the network as GraphML; missing values, such as a pod, are left out."""
    nodes, edges = sorted_nodes(network), sorted_edges(network)
    keys = _keys(nodes, edges, _node_values, _edge_values)
    yield DECLARATION
    yield (
        f'<graphml xmlns="{GRAPHML}" xmlns:xsi="{SCHEMA_INSTANCE}" '
        f'xsi:schemaLocation="{GRAPHML} {GRAPHML}/1.0/graphml.xsd">\n'
    )
    yield f"  <desc>{escape(description(network))}</desc>\n"
    for (kind, name), (number, its_type) in reversed(keys.items()):
        yield f'  <key id="d{number}" for="{kind}" attr.name="{name}" attr.type="{its_type}" />\n'
    if nodes:
        yield '  <graph edgedefault="directed">\n'
        for node in nodes:
            yield f'    <node id="{_quoted(node.id)}">\n'
            yield from _data("node", _node_values(node), keys)
            yield "    </node>\n"
        for edge in edges:
            ends = f'source="{_quoted(edge.source)}" target="{_quoted(edge.target)}"'
            yield f"    <edge {ends}>\n"
            yield from _data("edge", _edge_values(edge), keys)
            yield "    </edge>\n"
        yield "  </graph>\n"
    else:
        yield '  <graph edgedefault="directed" />\n'
    yield "</graphml>\n"


def gexf(network: Network) -> Iterator[str]:
    """Yield the network as static GEXF 1.3; missing values, such as a pod, are left out.

    Its date is the day of the network, so that the same network makes the same file.
    """
    nodes, edges = sorted_nodes(network), sorted_edges(network)
    keys = _keys(nodes, edges, _other_node_values, _other_edge_values)
    yield DECLARATION
    yield (
        f'<gexf xmlns="{GEXF}" xmlns:xsi="{SCHEMA_INSTANCE}" '
        f'xsi:schemaLocation="{GEXF} {GEXF}/gexf.xsd" version="1.3">\n'
    )
    yield f'  <meta lastmodifieddate="{_quoted(str(network.about.get("as_of", "")))}">\n'
    yield "    <creator>Commonplace</creator>\n"
    yield f"    <description>{escape(description(network))}</description>\n"
    yield "  </meta>\n"
    yield '  <graph defaultedgetype="directed" mode="static">\n'
    for kind in ("edge", "node"):
        of_kind = [(name, *key) for (for_kind, name), key in keys.items() if for_kind == kind]
        if of_kind:
            yield f'    <attributes mode="static" class="{kind}">\n'
            for name, number, its_type in of_kind:
                yield f'      <attribute id="{number}" title="{name}" type="{its_type}" />\n'
            yield "    </attributes>\n"
    yield "    <nodes>\n" if nodes else "    <nodes />\n"
    for node in nodes:
        yield f'      <node id="{_quoted(node.id)}" label="{_quoted(label_of(node))}">\n'
        yield from _attvalues("node", _other_node_values(node), keys)
        yield "      </node>\n"
    yield "    </nodes>\n" if nodes else ""
    yield "    <edges>\n" if edges else "    <edges />\n"
    for edge in edges:
        ends = f'source="{_quoted(edge.source)}" target="{_quoted(edge.target)}"'
        name = _quoted(edge_id(edge.source, edge.target))
        yield f'      <edge {ends} id="{name}" weight="{_weight(edge)}">\n'
        yield from _attvalues("edge", _other_edge_values(edge), keys)
        yield "      </edge>\n"
    yield "    </edges>\n" if edges else ""
    yield "  </graph>\n</gexf>\n"


# By what an attribute is of and its name: its number, in the order in which they occur, and type.
Keys = dict[tuple[str, str], tuple[int, str]]


def _keys(
    nodes: list[Node],
    edges: list[Edge],
    of_node: Callable[[Node], Values],
    of_edge: Callable[[Edge], Values],
) -> Keys:
    """Return the attributes that occur; all edges have the same ones."""
    keys: Keys = {}
    values = [("node", of_node(node)) for node in nodes]
    values += [("edge", of_edge(edge)) for edge in edges[:1]]
    for kind, of_row in values:
        for name, value in of_row.items():
            keys.setdefault((kind, name), (len(keys), TYPES[type(value)]))
    return keys


def _data(kind: str, values: Values, keys: Keys) -> Iterator[str]:
    for name, value in values.items():
        yield f'      <data key="d{keys[kind, name][0]}">{escape(str(value))}</data>\n'


def _attvalues(kind: str, values: Values, keys: Keys) -> Iterator[str]:
    yield "        <attvalues>\n"
    for name, value in values.items():
        number = keys[kind, name][0]
        yield f'          <attvalue for="{number}" value="{_quoted(str(value))}" />\n'
    yield "        </attvalues>\n"


def _node_values(node: Node) -> Values:
    return {"label": label_of(node), **_other_node_values(node)}


def _other_node_values(node: Node) -> Values:
    """Return the known values of a node but its label, which is an attribute of its own in GEXF."""
    first_day, last_day = days_of(node)
    values: Values = {
        "role": clean(node.role),
        "pod": clean(node.pod),
        "follows_out": node.follows_out,
        "follows_in": node.follows_in,
        "units": node.units,
        "first_day": first_day,
        "last_day": last_day,
    }
    return {name: value for name, value in values.items() if value != ""}


def _edge_values(edge: Edge) -> Values:
    return {"weight": _weight(edge), **_other_edge_values(edge)}


def _other_edge_values(edge: Edge) -> Values:
    return {"units": edge.units, "events": edge.events, "class": edge.tie_class}


def _weight(edge: Edge) -> float:
    return float(weight_of(edge))


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
