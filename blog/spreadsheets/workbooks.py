"""Rows of an Excel workbook (.xlsx). Its archive is looked through before it is read."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from blog.spreadsheets.archives import check_workbook
from blog.spreadsheets.table import (
    MAX_CELL_CHARS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Row,
    TableRefused,
)

MAX_SHEETS = 20


def rows_of_workbook(data: bytes) -> list[Row]:
    """Return the rows of the first sheet that has any; raise TableRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_workbook(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            cells = _Cells()
            for sheet in book.worksheets[:MAX_SHEETS]:
                sheet.reset_dimensions()  # what a file says of its size makes its rows no wider
                lines = sheet.iter_rows(max_row=MAX_ROWS + 1, values_only=True)
                if rows := list(_rows(lines, cells)):
                    return rows
    except TableRefused:
        raise
    except Exception as error:  # broken files raise anything: KeyError, ParseError, BadZipFile …
        raise TableRefused("broken_workbook") from error
    raise TableRefused("empty")


class _Cells:
    """How many cells of a workbook were read: the empty ones cost as much as all others."""

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
