"""Tables of a network: what is read out of them is what was put in, and harmless."""

import csv
import io
import unicodedata
from datetime import UTC, date, datetime, timedelta

from hypothesis import given

from network.export import KeyRow, Network, Node, Reply, encoded, key_table, reply_log, tables
from tests.network.export.support import ABOUT, ADA, BACK, BOB, INES, THERE, letters, networks


def read_tables(network):
    return {
        name: list(csv.DictReader(io.StringIO("".join(lines), newline="")))
        for name, lines in tables(network).items()
    }


def test_tables_have_the_columns_and_rows_in_order():
    files = tables(Network((INES, ADA, BOB), (BACK, THERE), ABOUT))

    assert {name: "".join(lines) for name, lines in files.items()} == {
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
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "a=1", "＝1+1", "＠SUM(A1)"]
    names += ["Ana;=1+1", "Ana ; +1;-2", 'Ana;"=1+1"', "Ana; Ben"]
    nodes = tuple(Node(f"p{n:02}", name, "student") for n, name in enumerate(names))

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
        "'＝1+1",
        "'＠SUM(A1)",
        "Ana;'=1+1",
        "Ana ; '+1;'-2",
        'Ana;"\'=1+1"',
        "Ana; Ben",
    ]


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
        assert (row["Type"], row["Class"]) == ("Directed", "very weak")
    assert len({row["Id"] for row in files["edges.csv"]}) == len(edges)


@given(networks())
def test_no_cell_runs_or_breaks_a_line(network):
    for lines in tables(network).values():
        for cell in (cell for row in csv.reader(lines) for cell in row):
            first, *others = cell.split(";")  # as spreadsheets with a decimal comma cut it
            for part in [first, *(other.lstrip(' "') for other in others)]:
                assert not part.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in cell)


def test_replies_are_in_the_order_of_time_in_whole_seconds():
    noon = datetime(2026, 10, 1, 12, tzinfo=UTC)
    later = noon + timedelta(seconds=1, microseconds=999_999)

    text = "".join(
        reply_log([Reply("E3", "P1", "P2", later, "T1"), Reply("E2", "P2", "P1", noon, "T1")])
    )

    assert text == ("event_id,src,dst,ts,thread\nE2,P2,P1,1790856000,T1\nE3,P1,P2,1790856001,T1\n")


def test_the_key_is_guarded_and_in_order():
    text = "".join(key_table([KeyRow("P2", "bob", "=Bob"), KeyRow("P1", "ada", "Ada, the First")]))

    assert text == 'Code,Username,Name\nP1,ada,"Ada, the First"\nP2,bob,\'=Bob\n'


def test_only_tables_begin_with_a_byte_order_mark_and_only_if_asked():
    files = {"nodes.csv": ["Il", "ić"], "network.net": ["Ilić"]}

    plain, marked = (encoded(files, bom=bom) for bom in (False, True))

    assert {name: b"".join(chunks) for name, chunks in plain.items()} == {
        "nodes.csv": "Ilić".encode(),
        "network.net": "Ilić".encode(),
    }
    assert {name: b"".join(chunks) for name, chunks in marked.items()} == {
        "nodes.csv": b"\xef\xbb\xbfIli\xc4\x87",
        "network.net": b"Ili\xc4\x87",
    }


def test_a_long_text_goes_in_chunks():
    lines = ["Ilić and Noor\n"] * 20_000

    chunks = list(encoded({"network.net": lines})["network.net"])

    assert b"".join(chunks) == "".join(lines).encode()
    assert max(map(len, chunks)) < 100_000
