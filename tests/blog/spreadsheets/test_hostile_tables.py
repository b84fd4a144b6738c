"""Files made to be slow or huge: twice as long, they cost twice as much, and bounds hold."""

import io
import zipfile
from functools import partial

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from blog.spreadsheets import (
    MAX_BYTES,
    MAX_CELL_CHARS,
    MAX_COLUMNS,
    MAX_ROWS,
    TableRefused,
    open_table,
)
from tests.blog import steps
from tests.blog.spreadsheets.test_opening import workbook

PIECES = [
    *('"', '""', '"a', '"a\n', '"a""\n', ' "', '"\n"', '"""b""\n', ",", "\n", "\r", "a,b\n", "\t"),
    *('a,"b', '"a",', "sep=;\n", " ", "\ufeff", "<", "<table>", "<table><tr><td>", "<td>x", "<tr>"),
    *("<td colspan=900>", "<!--", "<br>", "&nbsp;", "    ", "Name,", "Email\n", "a@b.c,", "é,\xeb"),
]
CHARS = 3_000
steps_of = partial(steps.steps_of, open_table, refused=TableRefused)


@pytest.mark.parametrize("piece", PIECES)
def test_cost_is_linear_in_the_length_of_a_file(piece):
    start = "<html>" if piece.startswith(("<", "&")) else "Name,Email\n"
    short, long = ((start + piece * (n * CHARS // len(piece))).encode() for n in (1, 2))

    assert steps_of(long) <= 2.3 * steps_of(short) + 5_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a" * (MAX_BYTES + 1), "too_large"),
        (b"Name\n" + b"a\n" * MAX_ROWS, "too_many_rows"),
        (b"Name" + b"," * MAX_COLUMNS, "too_many_columns"),
        ((b"a" + b"," * 500 + b"\n") * 600, "too_many_cells"),
        (b"Name,Email\n" + b"a" * MAX_CELL_CHARS + b"a,b\n", "cell_too_long"),
        (b'Name,Email\n"' + b"a" * MAX_CELL_CHARS + b'a",b\n', "cell_too_long"),
        (b"<table><tr>" + b"<td colspan=900>a" * 2, "too_many_columns"),
        (b"<table>" + b"<tr>" * (MAX_ROWS + 1), "too_many_rows"),
        (b"<table><tr></table>" * (MAX_ROWS + 1), "too_many_rows"),
        (b"<table>" + b"<tr><td colspan=900>a" * 600, "too_many_cells"),
        (b"<table><tr><td>" + b"a" * (MAX_CELL_CHARS + 1), "cell_too_long"),
        (b"<table>" + b" " * 2_000_000, "too_large"),
    ],
)
def test_size_is_bounded(data, reason):
    with pytest.raises(TableRefused) as refused:
        open_table(data)

    assert refused.value.reason == reason


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}'
SHEET += "</sheetData></worksheet>"
FAR = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>x</t></is></c></row>'

EMPTY = '<row r="{0}"><c r="{1}{0}"/></row>'


def with_sheet(content):
    """Return a workbook whose sheet has this content."""
    source, stream = io.BytesIO(workbook(["Name"])), io.BytesIO()
    with (
        zipfile.ZipFile(source) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            after.writestr(part, content if is_sheet else before.read(part))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SHEET.format(FAR.format(1_048_576, "A")), "empty"),
        (SHEET.format(FAR.format(1, "XFD")), "too_many_columns"),
        (SHEET.format("".join(FAR.format(row, "ALL") for row in range(1, 600))), "too_many_cells"),
        (SHEET.format(FAR.format(20_001, "A")), "too_many_rows"),
        (
            SHEET.format("".join(EMPTY.format(row, "XFD") for row in range(1, 5_000))),
            "too_many_cells",
        ),
        (SHEET.format('<row r="1"/>' * 80_001), "too_many_rows"),
        (" " * 70_000_000, "too_large"),
        ("<worksheet", "broken_workbook"),
        ("<a>" * 100_000, "broken_workbook"),
        (SHEET.format('<row r="1">' + "<c/>" * 300_001 + "</row>"), "too_many_cells"),
    ],
)
def test_workbook_is_bounded(content, reason):
    with pytest.raises(TableRefused) as refused:
        open_table(with_sheet(content))

    assert refused.value.reason == reason


def test_empty_cells_of_all_sheets_are_counted_together():
    book = Workbook()
    for sheet in (book.active, *(book.create_sheet() for _ in range(9))):
        for row in range(1, 41):
            sheet.cell(row, 1_000).font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)

    with pytest.raises(TableRefused, match="too_many_cells"):
        open_table(stream.getvalue())


def test_a_workbook_that_says_it_is_huge_costs_what_is_in_it():
    sheet = SHEET.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')

    table = open_table(with_sheet(sheet.format(FAR.format(300, "C"))))

    assert [row.line for row in table.rows] == [300]


def test_part_that_claims_to_be_small_is_cut():
    data = bytearray(with_sheet(SHEET.format(" " * 5_000_000)))
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46  # its entry in the directory at the end
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")

    with pytest.raises(TableRefused):
        open_table(bytes(data))


def test_archive_of_many_parts_is_refused():
    parts = {f"a{number}.xml": "" for number in range(600)}

    with pytest.raises(TableRefused, match="too_large"):
        open_table(workbook(["Name"], **parts))
