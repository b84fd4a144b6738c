"""
Our own table of grades, for people and their spreadsheets, and back.

A line is a student, with two columns for each prompt. The last column has the version of each
grade, so that a grade which was changed since is not overwritten. What a spreadsheet would run as a
formula is guarded by an apostrophe in CSV, and is text in a workbook. Headings are the same in
every language, because they are read again.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from blog.gradebook_files.numbers import NumberStyle, number_of
from blog.spreadsheets import Row, Table, TableRefused, heading_key, open_table

FORMULA_START = re.compile(r"[=+\-@\t\r|＝＋－＠]")
POST, COMMENTS = "post", "comments"
GRADE_HEADING = re.compile(r"([0-9]{1,4})\. .* \((post|comments)\)", re.DOTALL)
VERSION = re.compile(r"([0-9]{1,4})([pc])=([0-9.]{1,40})")
KINDS = {"p": POST, "c": COMMENTS}
IDENTITY = ("username", "name", "section", "pod")
NOT_OURS = "not_ours"
EXACT = NumberStyle(most=4)  # weights and points have two decimals each
EXCUSED = "EX"
EXCUSED_WORDS = {"ex", "excused"}

Work = tuple[int, str]  # the number of a prompt, and POST or COMMENTS


@dataclass(frozen=True, slots=True)
class PlainGrade:
    """A grade as a table has it: points, or EXCUSED, or neither; and its version, "0" for none."""

    points: Decimal | None = None
    is_excused: bool = False
    version: str = "0"

    @property
    def written(self) -> str | Decimal:
        if self.points is not None:
            return self.points
        return EXCUSED if self.is_excused else ""


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A line: whom it is about, and the grades by work."""

    username: str
    name: str
    section: str
    pod: str
    grades: Mapping[Work, PlainGrade]


def grade_heading(number: int, title: str, kind: str) -> str:
    return f"{number}. {' '.join(title.split())} ({kind})"


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; an apostrophe is not guarded again."""
    return f"'{text}" if FORMULA_START.match(text) else text


def unguarded(text: str) -> str:
    """Return a text as it was before ``guarded``; the apostrophe of “'t Hooft” is no guard."""
    return text[1:] if text[:1] == "'" and FORMULA_START.match(text, 1) else text


def write_csv(titles: Mapping[int, str], rows: Iterable[PlainRow]) -> bytes:
    """Return the table as CSV in UTF-8, with the sign at its start by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in _lines(titles, rows):
        writer.writerow([_csv_cell(value) for value in line])
    return out.getvalue().encode("utf-8-sig")


def write_workbook(titles: Mapping[int, str], rows: Iterable[PlainRow]) -> bytes:
    """Return the table as an Excel workbook: points are numbers, all else is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Grades")
    sheet.freeze_panes = "C2"
    for line in _lines(titles, rows):
        sheet.append([_workbook_cell(sheet, value) for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv_cell(value: str | Decimal) -> str:
    return EXACT.written(value) if isinstance(value, Decimal) else guarded(value)


def _workbook_cell(sheet: Any, value: str | Decimal) -> WriteOnlyCell:
    if isinstance(value, Decimal):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell


def _lines(titles: Mapping[int, str], rows: Iterable[PlainRow]) -> Iterable[list[str | Decimal]]:
    works = [(number, kind) for number in titles for kind in (POST, COMMENTS)]
    headings = [grade_heading(number, titles[number], kind) for number, kind in works]
    yield [*IDENTITY, *headings, "version"]
    for row in rows:
        grades = [row.grades.get(work, PlainGrade()) for work in works]
        versions = " ".join(
            f"{number}{kind[0]}={grade.version}"
            for (number, kind), grade in zip(works, grades, strict=True)
        )
        who = [row.username, row.name, row.section, row.pod]
        yield [*who, *(grade.written for grade in grades), versions]


@dataclass(frozen=True, slots=True)
class ReadGrade:
    """A cell of a table that was read: ``problem`` is "" or why it is no grade."""

    grade: PlainGrade
    text: str
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class ReadRow:
    line: int
    username: str
    name: str
    grades: Mapping[Work, ReadGrade]


def read_plain(data: bytes, name: str = "") -> tuple[ReadRow, ...]:
    """Return the lines of our own table, from CSV or a workbook.

    Raise TableRefused, with the reason ``not_ours`` for a table of something else.
    """
    table = open_table(data, name, heading=_heading_row(data, name))
    keys = [heading_key(text) for text in table.headings]
    works = {
        place: (int(match[1]), match[2])
        for place, text in enumerate(table.headings)
        if (match := GRADE_HEADING.fullmatch(text.lstrip("'")))
    }
    if "username" not in keys or not works:
        raise TableRefused(NOT_OURS)
    return tuple(_read_rows(table, keys, works))


def _heading_row(data: bytes, name: str) -> int | None:
    """Return the number of the row of headings, which is known by our own words."""
    table = open_table(data, name)
    for row in table.records[:20]:
        keys = [heading_key(cell) for cell in row.cells]
        if "username" in keys and any(GRADE_HEADING.fullmatch(cell.strip()) for cell in row.cells):
            return row.number
    raise TableRefused(NOT_OURS)


def _read_rows(table: Table, keys: Sequence[str], works: Mapping[int, Work]) -> Iterable[ReadRow]:
    version_place = keys.index("version") if "version" in keys else len(keys)
    name_place = keys.index("name") if "name" in keys else len(keys)
    for row in table.rows:
        versions = {
            (int(match[1]), KINDS[match[2]]): match[3]
            for match in VERSION.finditer(row.cell(version_place))
        }
        grades = {
            work: _read_grade(row, place, versions.get(work, "0")) for place, work in works.items()
        }
        username = unguarded(row.cell(keys.index("username")).strip())
        yield ReadRow(
            row.line,
            username,
            unguarded(row.cell(name_place).strip()),
            grades,
        )


def _read_grade(row: Row, place: int, version: str) -> ReadGrade:
    text = row.cell(place).strip()
    if text.casefold() in EXCUSED_WORDS:
        return ReadGrade(PlainGrade(is_excused=True, version=version), text)
    number = number_of(text)
    if number is not None and number >= 0:
        return ReadGrade(PlainGrade(points=number, version=version), text)
    problem = "" if not text else "no_number"
    return ReadGrade(PlainGrade(version=version), text, problem)
