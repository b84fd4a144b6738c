"""Export a class network in formats of other programs. Pure: plain data in, lines of text out.

====================  ==========================================================================
``graph``             people and arcs as plain data, their order, pseudonyms, clean text
``csv_files``         nodes.csv and edges.csv, events.csv, the key to the pseudonyms
``xml_graphs``        GraphML and GEXF 1.3
``figure``            the figure of a class as SVG
``plain_graphs``      Pajek, UCINET's DL, NetDraw's VNA
``statements``        statements of xAPI
``read_me``           what goes with all of them: the definition of a tie, what is left out
``archive``           the zip
====================  ==========================================================================
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

from network.export.archive import encoded, write_zip
from network.export.csv_files import KeyRow, Reply, key_table, reply_log, tables
from network.export.figure import Figure, svg
from network.export.graph import Edge, Network, Node, clean, pseudonym
from network.export.plain_graphs import netdraw, pajek, ucinet
from network.export.read_me import Facts, LeftOut, read_me
from network.export.statements import Statement, json_lines
from network.export.xml_graphs import gexf, graphml

__all__ = [
    "FORMATS",
    "README",
    "ZIP",
    "Edge",
    "Export",
    "Facts",
    "Figure",
    "KeyRow",
    "LeftOut",
    "Network",
    "Node",
    "Reply",
    "Statement",
    "clean",
    "encoded",
    "gexf",
    "graphml",
    "json_lines",
    "key_table",
    "netdraw",
    "pajek",
    "pseudonym",
    "read_me",
    "reply_log",
    "svg",
    "tables",
    "ucinet",
    "write_with_read_me",
    "write_zip",
]

README = "README.txt"
NO_FIGURE = Figure("", 0, None, (), ())
ZIP = "zip"


@dataclass(frozen=True)
class Export:
    """All that a file may hold. What a format does not use may be left empty."""

    network: Network
    facts: Facts
    address: str = ""
    replies: tuple[Reply, ...] = ()
    statements: tuple[Statement, ...] = ()
    key: tuple[KeyRow, ...] = ()
    figure: Figure = NO_FIGURE


# By the name of a format: the files that it makes, by their names, in lines or larger pieces.
FORMATS: dict[str, Callable[[Export], dict[str, Iterable[str]]]] = {
    "csv": lambda export: {**tables(export.network)},
    "graphml": lambda export: {"network.graphml": graphml(export.network)},
    "gexf": lambda export: {"network.gexf": gexf(export.network)},
    "net": lambda export: {"network.net": pajek(export.network)},
    "dl": lambda export: {"network.dl": ucinet(export.network)},
    "vna": lambda export: {"network.vna": netdraw(export.network)},
    "events": lambda export: {"events.csv": reply_log(export.replies)},
    "xapi": lambda export: {
        "statements.jsonl": json_lines(
            export.statements, course=export.address, title=export.facts.title
        )
    },
    "svg": lambda export: {"class.svg": [svg(export.figure)]},
    "key": lambda export: {"key.csv": key_table(export.key)},
}
# What the zip holds: all that is of the network and says nothing more than it.
IN_ZIP = ("csv", "graphml", "gexf", "net", "dl", "vna", "events")
FORMATS[ZIP] = lambda export: {
    name: text for one in IN_ZIP for name, text in FORMATS[one](export).items()
}


def write_with_read_me(
    out: IO[bytes], export: Export, file_format: str, *, bom: bool = False
) -> None:
    """Write a zip of the files of a format with their README.txt; ``bom`` is for Excel."""
    files = FORMATS[file_format](export)
    said = read_me(export.network, export.facts, list(files))
    write_zip(out, encoded({README: [said], **files}, bom=bom), export.facts.as_of)
