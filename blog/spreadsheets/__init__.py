"""
Tables as files: read what LMS, registrars and spreadsheet programs write, and fill in their cells.

Pure, and without words for people: reasons are short keys that a form turns into sentences. The way
of a file: `content` looks at what it is, whatever its name says; `encodings` decodes it;
`separators` finds the separator of its cells; `delimited` cuts it into records and keeps the
place of every cell (`workbooks`, after `archives`, and `html_tables` read the others); `headings`
knows which record is the heading row, by the words of `heading_words`; `skipped` tells rows of
people from titles, points and totals; `rewriting` writes single cells and leaves every other byte.
"""

from blog.spreadsheets.encodings import ENCODINGS
from blog.spreadsheets.headings import heading_key, meaning
from blog.spreadsheets.opening import open_table
from blog.spreadsheets.table import (
    MAX_BYTES,
    MAX_CELL_CHARS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    CellRefused,
    Remark,
    Row,
    Skipped,
    Table,
    TableRefused,
)

__all__ = [
    "ENCODINGS",
    "MAX_BYTES",
    "MAX_CELLS",
    "MAX_CELL_CHARS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "CellRefused",
    "Remark",
    "Row",
    "Skipped",
    "Table",
    "TableRefused",
    "heading_key",
    "meaning",
    "open_table",
]
