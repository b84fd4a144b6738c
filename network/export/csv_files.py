"""Tables as CSV: people, arcs, replies, and the key to the pseudonyms.

Spreadsheets run what begins like a formula, and people choose their own names, so such a cell
begins with an apostrophe. Where numbers have a decimal comma, as in French or German, a spreadsheet
cuts lines at semicolons: what begins behind one is guarded too.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from network.export.graph import (
    Network,
    clean,
    days_of,
    edge_id,
    label_of,
    sorted_edges,
    sorted_nodes,
    weight_of,
)

NODE_HEADER = "Id,Label,Role,Pod,FollowsOut,FollowsIn,Units,FirstDay,LastDay"
EDGE_HEADER = "Source,Target,Type,Id,Weight,Units,Events,Class"
EVENT_HEADER = "event_id,src,dst,ts,thread"
KEY_HEADER = "Code,Username,Name"

# Excel takes the wide signs of Chinese and Japanese keyboards for the narrow ones.
FORMULA_START = re.compile(r"""(^|;[\s"]*)(?=[=+\-@＝＋－＠])""")


@dataclass(frozen=True)
class Reply:
    """One counting comment: who wrote to whom, when, and on which post."""

    id: str
    source: str
    target: str
    at: datetime
    thread: str


@dataclass(frozen=True, order=True)
class KeyRow:
    """The person of the pseudonym ``code``."""

    code: str
    username: str
    name: str


def tables(network: Network) -> dict[str, Iterator[str]]:
    """Return the network as two CSV files for Gephi and spreadsheets: lines by file name."""
    nodes = (
        (n.id, label_of(n), n.role, n.pod, n.follows_out, n.follows_in, n.units, *days_of(n))
        for n in sorted_nodes(network)
    )
    edges = (
        (
            *(e.source, e.target, "Directed", edge_id(e.source, e.target)),
            *(weight_of(e), e.units, e.events, e.tie_class),
        )
        for e in sorted_edges(network)
    )
    return {"nodes.csv": _table(NODE_HEADER, nodes), "edges.csv": _table(EDGE_HEADER, edges)}


def reply_log(replies: Iterable[Reply]) -> Iterator[str]:
    """Return replies, a line each, in the order of time, as ``manage.py load_events`` reads them.

    Times are whole Unix seconds.
    """
    rows = (
        (one.id, one.source, one.target, int(one.at.timestamp()), one.thread)
        for one in sorted(replies, key=lambda one: (one.at, one.id))
    )
    return _table(EVENT_HEADER, rows)


def key_table(rows: Iterable[KeyRow]) -> Iterator[str]:
    """Return which person each pseudonym is."""
    return _table(KEY_HEADER, ((row.code, row.username, row.name) for row in sorted(rows)))


class _Line:
    """A target of a CSV writer: it has the line that was written last."""

    def write(self, line: str) -> None:
        self.written = line


def _table(header: str, rows: Iterable[tuple]) -> Iterator[str]:
    yield f"{header}\n"
    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        yield line.written


def _cell(value: str | int) -> str:
    return FORMULA_START.sub(r"\1'", clean(str(value)))
