"""
Cut a text into records and cells, and keep the place of each cell.

Python's csv module tells no places, so that a cell could not be written back alone; and it lets a
quote that is never closed swallow the rest of a class.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from blog.spreadsheets.table import (
    MAX_CELL_CHARS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Remark,
    TableRefused,
)

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from ``start`` to ``end`` of a text, with its quotes and the blanks around them."""

    start: int
    end: int
    text: str
    is_quoted: bool


@dataclass(slots=True)
class Record:
    line: int
    cells: list[Cell]
    remarks: list[Remark] = field(default_factory=list)


class _Signs:
    """The shapes of a cell between two of these delimiters ("" for one column)."""

    def __init__(self, delimiter: str) -> None:
        sign = re.escape(delimiter)
        blanks = " " if delimiter == "\t" else r" \t"
        after = rf"[{blanks}]*+(?={sign + '|' if sign else ''}[\r\n]|\Z)"
        self.delimiter = delimiter
        self.open_quote = re.compile(rf"[{blanks}]*+\"")
        self.quoted = re.compile(rf"[{blanks}]*+\"((?:[^\"]++|\"\")*+)\"")
        self.after = re.compile(after)
        self.bare = re.compile(rf"[^\r\n{sign}]*+")


def records(text: str, delimiter: str, *, most: int | None = None) -> Iterator[Record]:
    """Yield the records of a text, blank ones too; ``most`` cells at most, else TableRefused.

    A quote that opens a cell and is never closed, or closed in the middle of one, is a character
    like others, with a remark.
    """
    signs = _Signs(delimiter)
    place, line, count, rows = 0, 1, 0, 0
    while place < len(text):
        record, end = _record(text, place, line, signs)
        count += len(record.cells)
        rows += 1
        if most is None and rows > MAX_ROWS:
            raise TableRefused("too_many_rows", line)
        if most is None and count > MAX_CELLS:
            raise TableRefused("too_many_cells", line)
        yield record
        if most is not None and count >= most:
            return
        match = LINE_END.match(text, end)
        line += _line_ends(record) + 1
        place = match.end() if match else len(text)


def _record(text: str, place: int, line: int, signs: _Signs) -> tuple[Record, int]:
    """Return the record that begins at a place, and where it ends, before the end of the line."""
    record = Record(line, [])
    while True:
        cell, kind = _cell(text, place, signs)
        if len(cell.text) > MAX_CELL_CHARS:
            raise TableRefused("cell_too_long", line)
        record.cells.append(cell)
        if kind and kind not in {remark.kind for remark in record.remarks}:
            record.remarks.append(Remark(kind, line))
        if len(record.cells) > MAX_COLUMNS:
            raise TableRefused("too_many_columns", line)
        place = cell.end
        if not signs.delimiter or not text.startswith(signs.delimiter, place):
            return record, place
        place += len(signs.delimiter)


def _cell(text: str, place: int, signs: _Signs) -> tuple[Cell, str]:
    """Return the cell at a place, and the error in its quotes, if there is one."""
    kind = ""
    if signs.open_quote.match(text, place):
        match = signs.quoted.match(text, place)
        after = signs.after.match(text, match.end()) if match else None
        if match and after:
            inner = match[1].replace('""', '"')
            return Cell(place, after.end(), inner, is_quoted=True), ""
        kind = "stray_quote" if match else "unclosed_quote"
    bare = signs.bare.match(text, place)
    assert bare  # it may be empty
    return Cell(place, bare.end(), bare[0], is_quoted=False), kind


def _line_ends(record: Record) -> int:
    return sum(len(LINE_END.findall(cell.text)) for cell in record.cells if cell.is_quoted)
