"""Rows of an Excel workbook (.xlsx). Its archive is looked through before it is read."""

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from blog.spreadsheets.archives import check_workbook
from blog.spreadsheets.headings import MAIL, SEARCHED_ROWS, known_headings
from blog.spreadsheets.table import (
    MAX_CELL_CHARS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Remark,
    Row,
    TableRefused,
)
from blog.zips import open_zip

MAX_SHEETS = 20
MERGED = re.compile(r"([A-Z]{1,2})(\d{1,6}):\1(\d{1,6})")  # cells of one column


def rows_of_workbook(data: bytes) -> tuple[list[Row], list[Remark]]:
    """Return the rows of the sheet that holds the table, with a remark where others have rows too.

    It is the one with most headings that are known and lines with an address; else the first that
    has any rows. Raise TableRefused.
    """
    try:
        with open_zip(io.BytesIO(data)) as archive:
            merged = check_workbook(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions
            sheets = _sheets(data, merged)
    except TableRefused:
        raise
    except Exception as error:  # broken files raise anything: KeyError, ParseError, BadZipFile …
        raise TableRefused("broken_workbook") from error
    if not sheets:
        raise TableRefused("empty")
    title, rows = max(sheets, key=lambda sheet: _table_signs(sheet[1]))
    remarks = [Remark("one_of_sheets", text=title)] if len(sheets) > 1 else []
    return rows, remarks


def _sheets(data: bytes, merged: Mapping[str, Sequence[str]]) -> list[tuple[str, list[Row]]]:
    """Return the titles and rows of the sheets that have any."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    cells = _Cells()
    sheets = []
    for sheet in book.worksheets[:MAX_SHEETS]:
        sheet.reset_dimensions()  # what a file says of its size makes its rows no wider
        lines = sheet.iter_rows(max_row=MAX_ROWS + 1, values_only=True)
        if rows := list(_rows(lines, cells)):
            ranges = merged.get(sheet._worksheet_path.lstrip("/"), ())
            sheets.append((sheet.title, _filled_down(rows, ranges, cells)))
    return sheets


def _table_signs(rows: Sequence[Row]) -> int:
    headings = max(known_headings(row.cells) for row in rows[:SEARCHED_ROWS])
    return headings + sum(any(map(MAIL.search, row.cells)) for row in rows)


def _filled_down(rows: list[Row], ranges: Iterable[str], read: "_Cells") -> list[Row]:
    """Return the rows of a sheet with the text of a merged cell in each row that it covers.

    A pod that is written once beside its four members is the pod of each. A cell that covers
    several columns, such as a title, stays in its first one.
    """
    columns: dict[int, dict[int, str]] = defaultdict(dict)
    for text in ranges:
        found = MERGED.fullmatch(text)
        if not found:
            continue
        column = column_index_from_string(found[1]) - 1
        first, last = max(int(found[2]), 1) - 1, min(int(found[3]), len(rows))
        value = rows[first].cell(column) if first < len(rows) else ""
        if not value:
            continue
        read.add(max(last - first, 0), first + 1)
        for number in range(first + 1, last):
            columns[number][column] = value
    return [
        replace(row, cells=_with(row.cells, columns[row.number])) if row.number in columns else row
        for row in rows
    ]


def _with(cells: Sequence[str], others: Mapping[int, str]) -> tuple[str, ...]:
    """Return the cells of a row with other texts in those that are empty."""
    width = max(len(cells), *(column + 1 for column in others))
    padded = [*cells, *[""] * (width - len(cells))]
    return tuple(text or others.get(column, "") for column, text in enumerate(padded))


class _Cells:
    """The number of cells read of a workbook: empty ones cost as much as all others."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, number: int, line: int) -> None:
        self.count += number
        if self.count > MAX_CELLS:
            raise TableRefused("too_many_cells", line)


def _rows(lines: Iterable[tuple], read: _Cells) -> Iterator[Row]:
    """Yield the rows of a sheet without empty cells at their ends, up to the last that has any."""
    waiting = []
    for number, values in enumerate(lines):
        read.add(len(values), number + 1)
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise TableRefused("too_many_columns", number + 1)
        waiting.append(Row(number, number + 1, tuple(cells)))
        if not cells:
            continue
        if number >= MAX_ROWS:
            raise TableRefused("too_many_rows", number + 1)
        if any(len(cell) > MAX_CELL_CHARS for cell in cells):
            raise TableRefused("cell_too_long", number + 1)
        yield from waiting
        waiting = []


def _text(value: Any) -> str:
    """Return a value as text: numbers as Excel shows them without a format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
