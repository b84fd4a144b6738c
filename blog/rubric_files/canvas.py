"""
The CSV of rubrics that Canvas reads and its template shows.

A row is a criterion: the name of its rubric, its own name and description, whether its ratings are
ranges, then three cells for each rating: name, description and points, the highest first. Canvas
reads commas and UTF-8 without a mark at its beginning and nothing else, and takes an empty cell in
quotes for a rating without points; so a shorter row just ends. See its ``rubric_csv_importer.rb``.
"""

import csv
import io
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from blog.rubric_files.rubric import (
    NO_HEADINGS,
    TOO_MANY_RUBRICS,
    FileCriterion,
    FileLevel,
    FileProblem,
    FileRubric,
    RubricFile,
)
from blog.spreadsheets import Row, TableRefused, heading_key, open_table

MAX_LEVELS = 7
MAX_RUBRICS, MAX_PROBLEMS = 50, 50  # more than a department has; each is a form of its own
HEADINGS = ("Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range")
RATING_HEADINGS = ("Rating Name", "Rating Description", "Rating Points")
RANGES = {"true", "1", "wahr", "vrai", "verdadero"}
POINTS = re.compile(r"(-?)([0-9]{1,6}(?:[.,][0-9]{1,6})?)")
CENT = Decimal("0.01")


class _Refused(Exception):
    """A row cannot be a criterion: the kind of the problem, and the text."""


def read_rubrics(data: bytes, name: str = "") -> RubricFile:
    """Return the rubrics of a file, and what could not be read of it, row by row.

    Rows of one rubric need not follow each other. What spreadsheet programs make of the file is
    read as well: other separators, a mark at its beginning, decimal commas. Raise TableRefused for
    a file that is no table, with the reason NO_HEADINGS for one that has no rubrics and
    TOO_MANY_RUBRICS for one that has more than ``MAX_RUBRICS``. Of the problems the first
    ``MAX_PROBLEMS`` are told.
    """
    table = open_table(data, name)
    places = _places(table.headings)
    rubrics: dict[str, list[FileCriterion]] = {}
    problems: list[FileProblem] = []
    first = table.heading_row.number if table.heading_row else 0
    for row in table.records:
        if row.number <= first or row.is_blank:
            continue
        try:
            title, criterion = _criterion(row, places)
        except _Refused as refusal:
            kind, text = refusal.args
            problems.append(FileProblem(kind, row.line, text))
            continue
        rubrics.setdefault(title, []).append(criterion)
        if len(rubrics) > MAX_RUBRICS:
            raise TableRefused(TOO_MANY_RUBRICS)
        if _cell(row, places["range"]).casefold() in RANGES:
            problems.append(FileProblem("ranges", row.line, criterion.title))
    read = (FileRubric(title, tuple(criteria)) for title, criteria in rubrics.items())
    return RubricFile(tuple(read), tuple(problems[:MAX_PROBLEMS]))


def write_rubric(rubric: FileRubric) -> bytes:
    """Return the file that Canvas reads as a rubric."""
    width = max((len(criterion.levels) for criterion in rubric.criteria), default=0)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*HEADINGS, *RATING_HEADINGS * width])
    for criterion in rubric.criteria:
        row = [rubric.title, criterion.title, criterion.description, "false"]
        for level in reversed(criterion.levels):
            row += [level.title, level.description, _plain(level.points)]
        writer.writerow(row)
    return file.getvalue().encode()


def _places(headings: Sequence[str]) -> dict[str, list[int]]:
    """Return the columns of each part of a row; those of the ratings in their order."""
    keys = [heading_key(heading) for heading in headings]
    names = {
        "rubric": "rubricname",
        "criterion": "criterianame",
        "description": "criteriadescription",
        "range": "criteriaenablerange",
        "level": "ratingname",
        "text": "ratingdescription",
        "points": "ratingpoints",
    }
    places = {
        part: [place for place, key in enumerate(keys) if name in key]
        for part, name in names.items()
    }
    if not all(places[part] for part in ("rubric", "criterion", "level", "points")):
        raise TableRefused(NO_HEADINGS)
    return places


def _criterion(row: Row, places: dict[str, list[int]]) -> tuple[str, FileCriterion]:
    """Return the rubric's name and the criterion of a row; raise _Refused for one without."""
    title, name = _cell(row, places["rubric"]), _cell(row, places["criterion"])
    if not title:
        raise _Refused("no_rubric_name", name)
    if not name:
        raise _Refused("no_criterion_name", title)
    levels = _levels(row, places)
    if not levels:
        raise _Refused("no_levels", name)
    if len(levels) > MAX_LEVELS:
        raise _Refused("too_many_levels", name)
    return title, FileCriterion(name, _cell(row, places["description"]), levels)


def _levels(row: Row, places: dict[str, list[int]]) -> tuple[FileLevel, ...]:
    """Return the levels of a row, the lowest first, however the file has them."""
    levels = []
    for number, place in enumerate(places["level"]):
        title = row.cell(place).strip()
        text = _cell(row, places["text"][number : number + 1])
        points = _cell(row, places["points"][number : number + 1])
        if title or text or points:
            levels.append(FileLevel(title, text, _points(points, title)))
    levels.reverse()  # of two levels with as many points the later one is the lower one
    return tuple(sorted(levels, key=lambda level: level.points))


def _points(text: str, title: str) -> Decimal:
    if not text:
        raise _Refused("no_points", title)
    found = POINTS.fullmatch(text)
    if found is None:
        raise _Refused("bad_points", text)
    if found[1]:
        raise _Refused("negative_points", text)
    return Decimal(found[2].replace(",", ".")).quantize(CENT, rounding=ROUND_HALF_UP)


def _cell(row: Row, places: Sequence[int]) -> str:
    return row.cell(places[0]).strip() if places else ""


def _plain(points: Decimal) -> str:
    """Return points as Canvas writes them, in whole hundredths and with a decimal point."""
    text = f"{points.quantize(CENT, rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")
