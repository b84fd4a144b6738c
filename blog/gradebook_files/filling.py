"""Write grades into one column of an LMS's file, and leave every other byte as it is.

A blank cell clears a grade in Canvas and Moodle, so none is ever written: what there is no grade
for keeps its cell. Formula characters are not guarded: an LMS reads the file, and numbers are all
that is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from blog.gradebook_files.columns import GradeColumn
from blog.gradebook_files.numbers import NumberStyle, number_of, style_of
from blog.gradebook_files.reader import LmsGradebook
from blog.roster_files.systems import CANVAS, MOODLE

# What became of a row's cell.
WRITTEN, SAME = "written", "same"
TOO_HIGH, LOCKED, NO_CELL, NO_EXCUSE, NOT_ASSIGNED = (
    *("too_high", "locked", "no_cell", "no_excuse"),
    "not_assigned",
)
EXCUSED_SIGN = "EX"
NO = {"no", "non", "nein", "não", "nee", "nej", "нет", "0"}
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class GradeToWrite:
    """The points of a grade, or None for somebody who is excused."""

    points: Decimal | None


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row's old and new content of a cell; ``result`` is one of the keys above."""

    number: int
    before: str
    after: str
    result: str


def fill(
    book: LmsGradebook,
    place: int,
    grades: Mapping[int, GradeToWrite],
    *,
    scale: Decimal = Decimal(1),
) -> tuple[list[FilledRow], bytes]:
    """Return the results for the cells of a column, and the file with them.

    ``grades`` has the grades by the numbers of rows; all points are multiplied by ``scale``. Raise
    TableRefused if the file cannot be written.
    """
    column = book.column(place)
    assert column is not None
    style = number_style(book, place)
    filled = [
        _filled(book, column, style, number, grade, scale)
        for number, grade in sorted(grades.items())
    ]
    cells = {(row.number, place): row.after for row in filled if row.result == WRITTEN}
    return filled, book.table.rewritten(cells)


def number_style(book: LmsGradebook, place: int) -> NumberStyle:
    """Return the file's style of numbers: in this column, in its points, in its other grades."""
    points = [one.row.cell(place) for one in book.table.skipped if one.reason == "points"]
    others = [cell for column in book.columns for cell in book.table.column(column.place)]
    return style_of(book.table.column(place), points, others)


def _filled(
    book: LmsGradebook,
    column: GradeColumn,
    style: NumberStyle,
    number: int,
    grade: GradeToWrite,
    scale: Decimal,
) -> FilledRow:
    row = book.table.records[number]
    before = row.cell(column.place).strip()

    def unchanged(result: str) -> FilledRow:
        return FilledRow(number, before, before, result)

    if column.place >= len(row.cells):
        return unchanged(NO_CELL)
    if _is_locked(book, number):
        return unchanged(LOCKED)
    if before.casefold() == "n/a":
        return unchanged(NOT_ASSIGNED)
    if grade.points is None:
        if book.system != CANVAS:
            return unchanged(NO_EXCUSE)
        is_same = before.casefold() == EXCUSED_SIGN.casefold()
        return unchanged(SAME) if is_same else FilledRow(number, before, EXCUSED_SIGN, WRITTEN)
    points = grade.points * scale
    if book.system == MOODLE and points > _highest_points(book, column, number, points):
        return unchanged(TOO_HIGH)
    after = style.written(points)
    known, written = number_of(before), number_of(after)
    is_same = known is not None and written is not None and abs(known - written) < CENT
    return unchanged(SAME) if is_same else FilledRow(number, before, after, WRITTEN)


def _is_locked(book: LmsGradebook, number: int) -> bool:
    """Return whether Moodle's sheet says that this grade cannot be changed."""
    place = book.place_of("gradecanbechanged")
    return place is not None and book.table.records[number].cell(place).strip().casefold() in NO


def _highest_points(
    book: LmsGradebook, column: GradeColumn, number: int, points: Decimal
) -> Decimal:
    """Return the most points of a grade: Moodle refuses a whole file for one that is higher."""
    place = book.place_of("maximumgrade")
    of_row = number_of(book.table.records[number].cell(place)) if place is not None else None
    return of_row or column.highest_points or points
