"""Cells written back: the chosen ones change, and no other byte of the file."""

import codecs

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from blog.spreadsheets import MAX_CELL_CHARS, CellRefused, TableRefused, open_table
from blog.spreadsheets.encodings import ENCODINGS

MANY_BYTES = {"gb18030", "big5", "cp932", "cp949"}
ESCAPE = "surrogateescape"
FILE = (
    b'\xef\xbb\xbf"Last Name";\'x\'; "Remark" ;Grade;\r\n'
    b'"O""Neil";a;  "b" ;7,50;\n'
    b'"Sol";"";;-;\r\r\n'
    b'"Last";"line"\r\nbreak";8;\x1a'
)
# What rosters and grade books are made of, and what breaks a reader of them.
PIECES = ["a", "é", "Ł", "测", '"', '""', ",", ";", "\t", "|", ":", "\r\n", "\n", "\r", " ", "\0"]
PIECES += ["\ufeff", "@", "=1", "sep=", "<table>", "Name", "Email", "\x1a", "#"]
files = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def test_chosen_cells_change_and_no_other_byte():
    table = open_table(FILE, delimiter=";")

    changed = table.rewritten({(1, 3): "8,25", (2, 1): "x", (2, 2): "a;b", (1, 0): 'O"Hara'})

    expected = FILE.replace(b"7,50", b"8,25").replace(b'"";;-', b'"x";"a;b";-')
    assert changed == expected.replace(b'"O""Neil"', b'"O""Hara"')


@pytest.mark.parametrize(
    ("bom", "encoding", "end"),
    [
        (codecs.BOM_UTF8, "utf-8", "\n"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "\r\n"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "\r"),
        (b"", "cp1252", "\r\n"),
        (b"", "utf-8", "\n"),
    ],
)
def test_mark_encoding_and_line_ends_stay(bom, encoding, end):
    data = bom + f"Name\tGrade{end}Zoë\t6{end}".encode(encoding)

    assert open_table(data).rewritten({(1, 1): "é"}) == data.replace(
        "6".encode(encoding), "é".encode(encoding)
    )


def test_bytes_that_no_encoding_explains_stay():
    data = b"Name,Grade\nZo\x81\xeb,6\nA\0da,\x9d\n"

    assert open_table(data).rewritten({(1, 1): "7"}) == data.replace(b"6", b"7")


def test_cell_behind_a_quote_that_nobody_closed_is_refused_where_it_would_close_it():
    table = open_table(b'Name,Email\n"Ada,a@example.edu\nBob,b@example.edu\n')

    assert b'"Ada,a@example.edu\nBob,x\n' in table.rewritten({(2, 1): "x"})
    with pytest.raises(CellRefused) as refused:
        table.rewritten({(2, 1): "\nx"})
    assert (refused.value.reason, refused.value.line) == ("broken_quotes", 3)


@pytest.mark.parametrize(
    ("text", "cell", "reason"),
    [
        ("Łucja", (1, 0), "encoding"),
        ("a\0", (1, 0), "not_writable"),
        ("\ud800", (1, 0), "not_writable"),
        ("x" * (MAX_CELL_CHARS + 1), (1, 0), "cell_too_long"),
        ("x", (1, 2), "no_such_cell"),
        ("x", (9, 0), "no_such_cell"),
        ("x", (-1, 0), "no_such_cell"),
    ],
)
def test_text_that_a_cell_cannot_hold_is_refused_by_its_name(text, cell, reason):
    table = open_table("Name,Grade\nZoë,6\n".encode("cp1252"))

    with pytest.raises(CellRefused) as refused:
        table.rewritten({cell: text})

    assert (refused.value.reason, (refused.value.row, refused.value.column)) == (reason, cell)


def opened(data, **choices):
    """Return the table in a file, None if it is refused."""
    try:
        return open_table(data, **choices)
    except TableRefused:
        return None


def texts_of(table):
    """Return the texts of a table by the names of their cells."""
    return {
        (row.number, column): text for row in table.records for column, text in enumerate(row.cells)
    }


@settings(max_examples=50, deadline=None)
@given(text=files, encoding=st.sampled_from(["utf-8", "utf-16-le", "cp1252", "gb18030"]))
def test_file_rewritten_without_a_change_is_the_same_file(text, encoding):
    data = text.encode(encoding, "replace")
    table = opened(data)
    assume(table and table.is_rewritable)

    assert table.rewritten({}) == data


@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=200), encoding=st.sampled_from([None, *ENCODINGS]))
def test_bytes_of_any_kind_are_kept_or_refused(data, encoding):
    table = opened(data, encoding=encoding)
    assume(table and table.is_rewritable)

    if encoding in MANY_BYTES and data.decode(encoding, ESCAPE).encode(encoding, ESCAPE) != data:
        with pytest.raises(TableRefused, match="not_rewritable"):
            table.rewritten({})
    else:
        assert table.rewritten({}) == data


@settings(max_examples=50, deadline=None)
@given(source=files, text=texts, draw=st.data())
def test_rewritten_cell_reads_as_its_text_and_all_others_as_before(source, text, draw):
    table = opened(source.encode())
    assume(table and table.is_rewritable)
    cell = draw.draw(st.sampled_from(sorted(texts_of(table))))

    try:
        changed = table.rewritten({cell: text})
    except CellRefused as refused:
        reason = refused.reason
        assert reason == "broken_quotes"
        return

    again = opened(changed, encoding=table.encoding, delimiter=table.delimiter)
    assume(again)  # the last text of a file may be gone, or control characters have come
    assert texts_of(again) == texts_of(table) | {cell: text}
