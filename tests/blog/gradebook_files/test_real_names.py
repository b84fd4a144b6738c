"""Names of many scripts and naughty strings, through rosters, fresh exports and our own tables."""

import csv
import io
import json
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from blog.gradebook_files.exports import ExportPerson, write_lms_file
from blog.gradebook_files.plain import (
    FORMULA_START,
    PlainGrade,
    PlainRow,
    read_plain,
    write_csv,
    write_workbook,
)
from blog.roster_files import read_roster
from blog.text.invisible import visible_name

POINTS = PlainGrade(Decimal("7.5"), version="3.2")
CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
NO_NAMES = {"null", "nil", "none", "-", ".", "n/a"}
MAX_NAME_CHARS = 150


@pytest.fixture(scope="module")
def authors(real_data):
    """Return names of authors with letters beyond ASCII, apostrophes and particles."""
    path = real_data / "unicode" / "crossref-author-names-special.json"
    return json.loads(path.read_text())


@pytest.fixture(scope="module")
def naughty(real_data):
    """Return the naughty strings that a person's name can be here: one line, and visible."""
    texts = json.loads((real_data / "unicode" / "blns.json").read_text())
    names = [" ".join(text.split())[:MAX_NAME_CHARS].strip() for text in texts]
    return [
        name
        for name in dict.fromkeys(names)
        if not CONTROL.search(name) and visible_name(name) == name != ""
    ]


@pytest.fixture
def names(authors, naughty):
    return authors + naughty


def roster_of(names, delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Name", "Email", "Section"])
    writer.writerows([name, f"s{at}@example.edu", "A01"] for at, name in enumerate(names))
    return out.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_roster_gives_names_of_authors_byte_for_byte(authors, delimiter):
    roster = read_roster(roster_of(authors, delimiter), "list.csv")

    assert [row.name for row in roster.rows] == authors
    assert all(row.is_invited for row in roster.rows)


def test_a_roster_gives_naughty_strings_byte_for_byte(naughty):
    """But those that stand for nothing, are “Last, First”, or guarded as ="…" by a spreadsheet."""
    names = [
        name
        for name in naughty
        if name.casefold() not in NO_NAMES and "," not in name and not name.startswith('="')
    ]

    roster = read_roster(roster_of(names), "list.csv")

    assert len(names) > 300
    by_email = {row.email: row.name for row in roster.rows}
    assert by_email == {f"s{at}@example.edu": name for at, name in enumerate(names)}


@pytest.mark.parametrize(("system", "encoding"), [("canvas", "utf-8"), ("blackboard", "utf-8-sig")])
def test_a_fresh_export_for_an_lms_has_names_byte_for_byte(names, system, encoding):
    """Nothing is guarded there: an LMS would take a guarded name for another one."""
    grades = [(ExportPerson(name), Decimal("7.5")) for name in names]

    data = write_lms_file(system, grades, "Blog", Decimal(10))

    lines = list(csv.reader(io.StringIO(data.decode(encoding), newline="")))
    assert [line[0] for line in lines[-len(names) :]] == names


def test_our_csv_guards_formulas_and_is_read_back_byte_for_byte(names):
    data = write_csv({1: "Blog"}, rows_of(names))

    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    assert [line[1] for line in lines if FORMULA_START.match(line[1])] == []
    guarded = [line[1] for line, name in zip(lines, names, strict=True) if line[1] != name]
    assert len(guarded) > 5
    assert all(cell[0] == "'" for cell in guarded)
    assert read_back(data, "grades.csv") == dict(enumerate(names))


def test_our_workbook_has_texts_alone_and_is_read_back_byte_for_byte(names):
    data = write_workbook({1: "Blog"}, rows_of(names))

    sheet = load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in sheet.iter_rows(2, max_col=2) for cell in row} == {"s"}
    assert read_back(data, "grades.xlsx") == dict(enumerate(names))


def rows_of(names):
    grades = {(1, "post"): POINTS}
    return [PlainRow(f"s{at}", name, "", "", grades) for at, name in enumerate(names)]


def read_back(data, filename):
    """Return the names of a table of ours by the number of their student."""
    rows = read_plain(data, filename)
    assert {row.grades[1, "post"].grade for row in rows} == {POINTS}
    return {int(row.username.removeprefix("s")): row.name for row in rows}
