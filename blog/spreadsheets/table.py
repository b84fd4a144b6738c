"""The content of a file of a table: its rows, skipped parts and why, and assumptions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MAX_BYTES = 5 * 1024 * 1024  # of a file; the largest grade book seen has 1.1 MB
MAX_ROWS = 20_000
MAX_COLUMNS = 1_000
MAX_CELLS = 300_000  # 2,500 people with 120 columns
MAX_CELL_CHARS = 131_072  # where Python's csv module stops too; a spreadsheet's cell has 32,767
# Blanks, separators of other programs, and Ctrl-Z, which ended files of DOS.
NO_TEXT = " \t\r\n\xa0\ufeff\x1a\u200b\u3000,;:|"

# From texts by (number of the row, column) to the bytes of the file with these in their cells.
Rewrite = Callable[[Mapping[tuple[int, int], str]], bytes]


class TableRefused(Exception):
    """A file cannot be read as a table; ``reason`` is a key, ``line`` counts from 1 if known.

    Reasons: ``empty``, ``too_large``, ``too_many_rows``, ``too_many_columns``, ``too_many_cells``,
    ``cell_too_long``, ``undecodable``, ``binary``, ``pdf``, ``picture``, ``rich_text``,
    ``document``, ``archive``, ``old_workbook``, ``open_document``, ``broken_workbook``,
    ``no_table`` (a page of HTML without one) and ``xml``; of rewriting ``not_text`` and
    ``not_rewritable``.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"{reason} in line {line}")
        self.reason = reason
        self.line = line


class CellRefused(TableRefused):
    """A text cannot be written into a cell; ``row`` and ``column`` name it.

    Reasons: ``no_such_cell``, ``encoding`` (the file's encoding lacks a character),
    ``not_writable`` (a character that no table holds), ``cell_too_long`` and ``broken_quotes``
    (quotes that nobody closed would swallow other cells).
    """

    def __init__(self, reason: str, row: int, column: int, line: int | None = None) -> None:
        super().__init__(reason, line)
        self.row = row
        self.column = column


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a file.

    ``number`` counts the file's records from 0 and names the row in `Table.rewritten`; ``line`` is
    the physical line it begins in, from 1 (of a workbook or a page: its row).
    """

    number: int
    line: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return the text of a cell, "" where the row is shorter than that."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        return not any(map(_has_text, self.cells))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that is no row of the table.

    ``reason``: ``blank``, ``separator`` (Excel’s “sep=;”), ``title`` (above the heading row),
    ``heading`` (repeated), ``points``, ``posting`` (of Canvas) or ``summary`` (mean, total).
    """

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should look at; ``line`` counts from 1 if it is about one.

    A line has at most one of each kind, and a file may have as many as it has lines.

    Kinds: ``encoding_guessed``, ``mixed_encodings``, ``nul_characters``, ``unclosed_quote``,
    ``stray_quote``, ``quote_over_lines``, ``short_row``, ``long_row``, ``duplicate_heading``
    (``text`` is the heading) and ``one_of_sheets`` (``text`` is the one that was read).
    """

    kind: str
    line: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Table:
    """A table as a file has it.

    ``kind`` is ``text``, ``html`` or ``workbook``; ``encoding`` and ``delimiter`` belong to text
    (``delimiter`` is "" where there is one column). ``heading_row`` is None where no record is one.
    ``records`` are all rows of the file; each is the heading row, one of ``rows``, or ``skipped``.
    """

    name: str
    kind: str
    encoding: str
    delimiter: str
    records: tuple[Row, ...]
    heading_row: Row | None
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[Remark, ...] = ()
    _rewrite: Rewrite | None = field(default=None, repr=False, compare=False)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the texts of the heading row without blanks around them, () if there is none."""
        return tuple(text.strip() for text in self.heading_row.cells) if self.heading_row else ()

    @property
    def width(self) -> int:
        """Return the number of columns: of the heading row, or of the widest row."""
        widths = (len(row.cells) for row in self.rows)
        return max(len(self.headings), *widths, 0) if self.rows else len(self.headings)

    @property
    def is_rewritable(self) -> bool:
        return self._rewrite is not None

    def column(self, place: int) -> tuple[str, ...]:
        """Return the texts of a column, one of each of ``rows``."""
        return tuple(row.cell(place) for row in self.rows)

    def rewritten(self, cells: Mapping[tuple[int, int], str]) -> bytes:
        """Return the file with other texts in some cells, and every other byte as it was.

        A cell is named by the ``number`` of its row and its column, from 0. Raise CellRefused for
        one that cannot be written, TableRefused for a file that is not text.
        """
        if self._rewrite is None:
            raise TableRefused("not_text")
        return self._rewrite(cells)


def _has_text(text: str) -> bool:
    return bool(text.strip(NO_TEXT))
