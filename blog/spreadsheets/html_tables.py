"""Rows of a table in a page: registrars' programs write one and name it “.xls”."""

import re
from dataclasses import dataclass, field

from justhtml import stream

from blog.spreadsheets.table import (
    MAX_CELL_CHARS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Row,
    TableRefused,
)

MAX_PAGE_CHARS = 2_000_000
BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
HIDDEN = {"script", "style", "title"}
OPEN_BRACKETS = re.compile(r"<(?=[<\s])")  # a run of these is slow to read, and starts no tag


@dataclass
class _Reader:
    """The tables of a page; rows of a table inside a table count as the outer one's text."""

    tables: list[list[list[str]]] = field(default_factory=list)
    depth: int = 0
    cells: int = 0
    rows: int = 0
    hidden: str = ""
    cell: list[str] | None = None
    span: int = 1

    def start(self, tag: str, attrs: dict) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
        elif self.depth == 1 and tag == "tr":
            self.end_cell()
            self.rows += 1
            if self.rows > MAX_ROWS:
                raise TableRefused("too_many_rows", self.rows)
            self.tables[-1].append([])
        elif self.depth == 1 and tag in ("td", "th"):
            self.end_cell()
            self.cell, self.span = [], _number(attrs.get("colspan"))
        elif tag in ("br", "p", "div"):
            self.text(" ")
        elif tag in HIDDEN:
            self.hidden = tag

    def end(self, tag: str) -> None:
        if tag == self.hidden:
            self.hidden = ""
        if self.depth == 1 and tag in ("td", "th", "tr", "table"):
            self.end_cell()
        if tag == "table":
            self.depth = max(0, self.depth - 1)

    def text(self, text: str) -> None:
        if self.cell is not None and not self.hidden:
            self.cell.append(text)

    def end_cell(self) -> None:
        """Add the cell that was read to its row; end tags may be left out."""
        if self.cell is None:
            return
        text = BLANKS.sub(" ", "".join(self.cell)).strip()
        rows = self.tables[-1]
        if not rows:
            rows.append([])
        row, line = rows[-1], len(rows)
        row += [text, *[""] * (self.span - 1)]
        self.cells += self.span
        self.cell = None
        if len(text) > MAX_CELL_CHARS:
            raise TableRefused("cell_too_long", line)
        if len(row) > MAX_COLUMNS:
            raise TableRefused("too_many_columns", line)
        if self.cells > MAX_CELLS:
            raise TableRefused("too_many_cells", line)


def rows_of_page(html: str) -> list[Row]:
    """Return the rows of the table with the most cells of a page; raise TableRefused."""
    if len(html) > MAX_PAGE_CHARS:
        raise TableRefused("too_large")
    reader = _Reader()
    for event in stream(OPEN_BRACKETS.sub("&lt;", html)):
        if event[0] == "start":
            name, attrs = event[1]
            reader.start(name, attrs or {})
        elif event[0] == "end":
            reader.end(event[1])
        elif event[0] == "text":
            reader.text(event[1])
    reader.end_cell()
    largest = max(reader.tables, key=lambda rows: sum(map(len, rows)), default=[])
    if not any(largest):
        raise TableRefused("no_table")
    return [Row(number, number + 1, tuple(cells)) for number, cells in enumerate(largest)]


def _number(text: str | None) -> int:
    """Return the width of a cell in columns."""
    return min(int(text), MAX_COLUMNS) if text and text.isdecimal() and len(text) < 5 else 1
