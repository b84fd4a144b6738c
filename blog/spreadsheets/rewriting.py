"""Write texts into cells of a file, and leave every other byte as it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blog.spreadsheets import delimited
from blog.spreadsheets.delimited import Cell, Record
from blog.spreadsheets.encodings import STRAY, Decoded
from blog.spreadsheets.table import MAX_CELL_CHARS, CellRefused, TableRefused

NEEDS_QUOTES = re.compile(r'["\r\n\ufeff]|\A\s|\s\Z|\A<|\A"?sep=', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rewriter:
    """A file of text, cut into records."""

    data: bytes
    decoded: Decoded
    delimiter: str
    records: Sequence[Record]

    def rewritten(self, cells: Mapping[tuple[int, int], str]) -> bytes:
        """Return the bytes of the file with other texts in some cells; see `Table.rewritten`."""
        if self._bytes(self.decoded.text) != self.data:
            raise TableRefused("not_rewritable")
        parts, place, written = [], 0, {}
        for (row, column), text in sorted(cells.items()):
            record, cell = self._cell(row, column)
            if text == cell.text:
                continue
            self._check(text, row, column)
            must_quote = self._needs_quotes(text) or (len(record.cells) == 1 and not text)
            parts += [self.decoded.text[place : cell.start], _written(cell, text, must_quote)]
            place = cell.end
            written[row, column] = text
        changed = "".join([*parts, self.decoded.text[place:]])
        self._check_cells(changed, written)
        return self._bytes(changed)

    def _cell(self, row: int, column: int) -> tuple[Record, Cell]:
        if not (0 <= row < len(self.records) and 0 <= column < len(self.records[row].cells)):
            raise CellRefused("no_such_cell", row, column)
        return self.records[row], self.records[row].cells[column]

    def _check(self, text: str, row: int, column: int) -> None:
        """Raise CellRefused for a text that the file cannot hold."""
        line = self.records[row].line
        if "\0" in text or STRAY.search(text):
            raise CellRefused("not_writable", row, column, line)
        if len(text) > MAX_CELL_CHARS:
            raise CellRefused("cell_too_long", row, column, line)
        try:
            text.encode(self.decoded.encoding)
        except UnicodeEncodeError as error:
            raise CellRefused("encoding", row, column, line) from error

    def _check_cells(self, changed: str, written: Mapping[tuple[int, int], str]) -> None:
        """Raise CellRefused if other cells than the written ones have changed.

        A quote that nobody closed, anywhere before it, would be closed by a written one.
        """
        if not written:
            return
        after = list(delimited.records(changed, self.delimiter))
        expected = [[cell.text for cell in record.cells] for record in self.records]
        for (row, column), text in written.items():
            expected[row][column] = text
        if [[cell.text for cell in record.cells] for record in after] != expected:
            row, column = min(written)
            raise CellRefused("broken_quotes", row, column, self.records[row].line)

    def _needs_quotes(self, text: str) -> bool:
        return bool(NEEDS_QUOTES.search(text)) or (self.delimiter != "" and self.delimiter in text)

    def _bytes(self, text: str) -> bytes:
        try:
            return self.decoded.bom + self.decoded.encode(text) + self.decoded.tail
        except UnicodeEncodeError as error:
            raise TableRefused("not_rewritable") from error


def _written(cell: Cell, text: str, must_quote: bool) -> str:
    """Return a text in the manner of its cell: in quotes if it was, or if it cannot be without."""
    return '"' + text.replace('"', '""') + '"' if cell.is_quoted or must_quote else text
