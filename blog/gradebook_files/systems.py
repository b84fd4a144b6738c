"""Detection of the LMS that wrote a gradebook."""

import re

from blog.roster_files import system_of
from blog.roster_files.systems import BLACKBOARD, BRIGHTSPACE, CANVAS, MOODLE
from blog.spreadsheets import Table, heading_key

BLACKBOARD_COLUMN = re.compile(r"\|\s*\d+\s*\Z")
CANVAS_FIRST = {"student", "lastname"}
UNIX_TIME = re.compile(r"1[0-9]{9}")
WORKSHEET = {"gradecanbechanged", "maximumgrade"}


def system_of_gradebook(table: Table) -> str:
    """Return the LMS whose file this is, by its headings and its cells; "" if nobody can tell."""
    headings = table.headings
    keys = [heading_key(text) for text in headings]
    if any(map(BLACKBOARD_COLUMN.search, headings)):
        return BLACKBOARD
    if keys and keys[-1] == "endoflineindicator":
        return BRIGHTSPACE
    if keys and keys[0] in CANVAS_FIRST and {"id", "section"} <= set(keys):
        return CANVAS
    if set(keys) >= WORKSHEET or download_time_column(table) is not None:
        return MOODLE
    return system_of(headings)


def is_worksheet(table: Table) -> bool:
    """Return whether this is Moodle's sheet for grading one assignment offline."""
    return {heading_key(text) for text in table.headings} >= WORKSHEET


def download_time_column(table: Table) -> int | None:
    """Return the last column if it has the time of the download, as Moodle's has in each row."""
    place = len(table.headings) - 1
    texts = {text.strip() for text in table.column(place)} if place > 0 and table.rows else set()
    is_time = bool(texts) and all(map(UNIX_TIME.fullmatch, texts)) and len(texts) == 1
    return place if is_time else None
