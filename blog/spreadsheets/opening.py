"""Open a file as a table, whatever it is."""

from collections.abc import Sequence

from blog.spreadsheets import content
from blog.spreadsheets.delimited import Record, records
from blog.spreadsheets.encodings import Decoded, decode, shown
from blog.spreadsheets.headings import duplicates, heading_key, heading_row
from blog.spreadsheets.html_tables import rows_of_page
from blog.spreadsheets.rewriting import Rewriter
from blog.spreadsheets.separators import ANY_DELIMITER, declared_delimiter, find_delimiter
from blog.spreadsheets.skipped import columns_of_people, reason_to_skip
from blog.spreadsheets.table import (
    MAX_BYTES,
    Remark,
    Rewrite,
    Row,
    Skipped,
    Table,
    TableRefused,
)
from blog.spreadsheets.workbooks import rows_of_workbook

FIND = -1  # the heading row is looked for


def open_table(
    data: bytes,
    name: str = "",
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    heading: int | None = FIND,
) -> Table:
    """Return the table in a file; ``name`` is the file's, and decides nothing.

    A person may choose what is guessed otherwise: ``encoding``, one of ENCODINGS; ``delimiter``, ""
    for one column; ``heading``, the number of the heading row, None where there is none. Raise
    TableRefused for a file that is too large or no table.
    """
    if len(data) > MAX_BYTES:
        raise TableRefused("too_large")
    if content.binary_kind(data) == content.WORKBOOK:
        rows, remarks = rows_of_workbook(data)
        return _table(name, content.WORKBOOK, rows, heading, remarks=remarks)
    decoded = decode(data, encoding)
    if content.text_kind(decoded.text) == content.HTML:
        return _table(name, content.HTML, rows_of_page(decoded.text), heading, decoded)
    return _of_text(data, name, decoded, delimiter, heading)


def _of_text(
    data: bytes, name: str, decoded: Decoded, delimiter: str | None, heading: int | None
) -> Table:
    declared = declared_delimiter(decoded.text)
    if delimiter is None:
        delimiter = declared or find_delimiter(decoded.text)
    elif delimiter and not ANY_DELIMITER.fullmatch(delimiter):
        raise TableRefused("undecodable")
    cut = list(records(decoded.text, delimiter))
    rows = [
        Row(number, record.line, tuple(shown(cell.text) for cell in record.cells))
        for number, record in enumerate(cut)
    ]
    return _table(
        name,
        content.TEXT,
        rows,
        heading,
        decoded,
        delimiter=delimiter,
        has_separator_line=bool(declared),
        remarks=_remarks(decoded, cut),
        rewrite=Rewriter(data, decoded, delimiter, cut).rewritten,
    )


def _table(
    name: str,
    kind: str,
    rows: Sequence[Row],
    heading: int | None,
    decoded: Decoded | None = None,
    *,
    delimiter: str = "",
    has_separator_line: bool = False,
    remarks: Sequence[Remark] = (),
    rewrite: Rewrite | None = None,
) -> Table:
    """Return the table of these rows, with its heading row found and the others sorted out."""
    if all(row.is_blank for row in rows):
        raise TableRefused("empty")
    skipped = [Skipped(rows[0], "separator")] if has_separator_line else []
    searched = rows[len(skipped) :]
    if heading == FIND:
        headings = heading_row(searched)
    else:
        headings = next((row for row in rows if row.number == heading), None)
    people, others = _sorted_out(searched, headings)
    remarks = [*remarks, *_remarks_of_rows(people, headings)]
    return Table(
        name=name,
        kind=kind,
        encoding=decoded.encoding if decoded else "",
        delimiter=delimiter,
        records=tuple(rows),
        heading_row=headings,
        rows=tuple(people),
        skipped=(*skipped, *others),
        remarks=tuple(remarks),
        _rewrite=rewrite,
    )


def _sorted_out(rows: Sequence[Row], headings: Row | None) -> tuple[list[Row], list[Skipped]]:
    """Return the rows of a table, and the others with the reason."""
    texts = headings.cells if headings else ()
    keys, who = tuple(map(heading_key, texts)), columns_of_people(texts)
    people, others = [], []
    for row in rows:
        if headings and row.number <= headings.number:
            if row.number < headings.number:
                others.append(Skipped(row, "blank" if row.is_blank else "title"))
            continue
        reason = reason_to_skip(row, keys, who)
        if reason:
            others.append(Skipped(row, reason))
        else:
            people.append(row)
    return people, others


def _remarks(decoded: Decoded, cut: Sequence[Record]) -> list[Remark]:
    remarks = list(decoded.remarks)
    for record in cut:
        remarks += record.remarks
        if any("\0" in cell.text for cell in record.cells):
            remarks.append(Remark("nul_characters", record.line))
    return remarks


def _remarks_of_rows(people: Sequence[Row], headings: Row | None) -> list[Remark]:
    """Return the errors in the widths of rows, and in headings."""
    if headings is None:
        return []
    remarks = [
        Remark("duplicate_heading", headings.line, text) for text in duplicates(headings.cells)
    ]
    width = len(headings.cells)
    for row in people:
        if len(row.cells) == width:
            continue
        if any("\n" in cell or "\r" in cell for cell in row.cells):
            remarks.append(Remark("quote_over_lines", row.line))
        elif len(row.cells) < width:
            remarks.append(Remark("short_row", row.line))
        elif any(cell.strip() for cell in row.cells[width:]):
            remarks.append(Remark("long_row", row.line))
    return remarks
