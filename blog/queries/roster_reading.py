"""The people of a list as it was uploaded, read with what somebody answered about it."""

from blog.models import RosterImport
from blog.roster_files import Roster, read_pasted, read_roster
from blog.spreadsheets import Table, open_table

FIRST_LINES = 12


def open_import(roster_import: RosterImport) -> Table:
    """Return the table of a list, cut as somebody answered, or as it seems to be."""
    answers = roster_import.answers
    return open_table(
        bytes(roster_import.data),
        roster_import.name,
        encoding="utf-8" if roster_import.is_pasted else answers.get("encoding") or None,
        delimiter=answers.get("delimiter"),
    )


def first_lines(table: Table) -> list[tuple[int, str]]:
    """Return the first lines of a table that are not blank, each with its number, cut in cells."""
    rows = [row for row in table.records if not row.is_blank][:FIRST_LINES]
    return [(row.line, " | ".join(cell.strip() for cell in row.cells)[:100]) for row in rows]


def read_import(roster_import: RosterImport) -> Roster:
    """Return the people of a list; raise TableRefused where there are none in it."""
    data, answers = bytes(roster_import.data), roster_import.answers
    if roster_import.is_pasted:
        return read_pasted(data.decode("utf-8", "replace"), answers)
    return read_roster(data, roster_import.name, answers)
