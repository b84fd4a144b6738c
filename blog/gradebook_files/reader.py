"""Read the gradebook of an LMS: its people, and the columns that can be filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from blog.gradebook_files.columns import PERCENT, SYMBOLS, GradeColumn, grade_columns
from blog.gradebook_files.systems import system_of_gradebook
from blog.roster_files import Question, Roster, RosterRow, read_roster
from blog.spreadsheets import Row, Table, TableRefused, heading_key, open_table

NO_COLUMNS = "no_grade_columns"
NO_HEADINGS = "no_headings"
NOT_POINTS = "not_points"


@dataclass(frozen=True, slots=True)
class LmsRow:
    """A row of the file with the person whom it is about."""

    row: Row
    person: RosterRow


@dataclass(frozen=True)
class LmsGradebook:
    """The gradebook of an LMS. ``system`` is "" where nobody can tell which."""

    table: Table
    roster: Roster
    system: str
    columns: tuple[GradeColumn, ...]
    rows: tuple[LmsRow, ...]

    @property
    def open_questions(self) -> tuple[Question, ...]:
        return self.roster.open_questions

    @property
    def fillable(self) -> tuple[GradeColumn, ...]:
        return tuple(column for column in self.columns if column.can_be_filled)

    def column(self, place: int) -> GradeColumn | None:
        """Return a column that can be filled in, None for any other place."""
        return next((column for column in self.fillable if column.place == place), None)

    def place_of(self, key: str) -> int | None:
        """Return the column with a heading, by its key."""
        keys = [heading_key(text) for text in self.table.headings]
        return keys.index(key) if key in keys else None


def read_gradebook(
    data: bytes, name: str = "", answers: Mapping[str, str] | None = None
) -> LmsGradebook:
    """Return the gradebook in a file, read with what somebody answered (``read_roster``).

    Raise TableRefused for what is none: beside the reasons of rosters and tables ``not_text`` (a
    workbook or a page, which cannot be written back), ``no_headings``, ``no_grade_columns`` and
    ``not_points`` (its grades are percentages or symbols alone).
    """
    answers = answers or {}
    encoding, delimiter = answers.get("encoding") or None, answers.get("delimiter")
    table = open_table(data, name, encoding=encoding, delimiter=delimiter)
    if not table.is_rewritable:
        raise TableRefused("not_text")
    if table.heading_row is None:
        raise TableRefused(NO_HEADINGS)
    roster = read_roster(data, name, answers)
    system = system_of_gradebook(table)
    columns = grade_columns(table, system, roster.columns.values())
    if not any(column.can_be_filled for column in columns):
        has_grades = any(column.refusal in (PERCENT, SYMBOLS) for column in columns)
        raise TableRefused(NOT_POINTS if has_grades else NO_COLUMNS)
    by_line = {row.line: row for row in table.rows}
    rows = [
        LmsRow(by_line[line], person)
        for person in roster.rows
        for line in person.lines
        if line in by_line
    ]
    rows.sort(key=lambda one: one.row.number)
    return LmsGradebook(table, roster, system, tuple(columns), tuple(rows))
