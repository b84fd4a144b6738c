"""Print what igraph reads in the files of a network, as JSON: run by an environment of its own.

igraph is under the GPL, so it is no dependency: `make .venv-igraph/.installed` installs it apart.
"""

import json
import sys
from pathlib import Path

import igraph

READERS = {
    ".graphml": (igraph.Graph.Read_GraphML, "id"),
    ".net": (igraph.Graph.Read_Pajek, "name"),
    ".dl": (igraph.Graph.Read_DL, "name"),
}


def read(path):
    reader, name = READERS[path.suffix]
    graph = reader(str(path))
    people = graph.vs[name] if graph.vcount() else []
    weights = graph.es["weight"] if graph.ecount() else []
    return {
        "directed": graph.is_directed(),
        "people": people,
        "arcs": [
            [people[edge.source], people[edge.target], weight]
            for edge, weight in zip(graph.es, weights, strict=True)
        ],
    }


if __name__ == "__main__":
    print(json.dumps({Path(name).suffix: read(Path(name)) for name in sys.argv[1:]}))
