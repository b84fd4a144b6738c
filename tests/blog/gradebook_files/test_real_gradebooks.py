"""Gradebooks as LMS write them: each read rightly or refused, and given back byte for byte."""

import json
from decimal import Decimal

import pytest

from blog.gradebook_files import GradeToWrite, fill, read_gradebook
from blog.spreadsheets import TableRefused

# File, LMS, rows, the columns that can be filled in (their beginnings), and how 7.5 is written.
GRADEBOOKS = [
    ("blackboard/gc_EDCI338_fullgc_2026-11-28-10-15-02.xls", "blackboard", 12, "PLN Les", "7.50"),
    ("blackboard/gc_ULTRA_fullgc.csv", "blackboard", 12, "PLN Les", "7.50"),
    ("blackboard/gc_column_with_feedback.csv", "blackboard", 12, "PLN", "7.50"),
    ("blackboard/upload-column-1.tsv", "blackboard", 5, "Qui", "7.5"),
    ("brightspace/grades-export-both-keys.csv", "brightspace", 12, "PLN PLN", "7.5"),
    ("brightspace/grades-export-username-only.csv", "brightspace", 12, "PLN PLN", "7.5"),
    ("brightspace/import-three-items.csv", "brightspace", 1, "nam nam nam", "7.50"),
    ("canvas-current-format.csv", "canvas", 3, "Qui", "7.50"),
    ("canvas/gradebook-2014-muted-duplicate-titles.csv", "canvas", 5, "Ess Ess Ess Lab", "7.5"),
    ("canvas/gradebook-2020-manual-posting.csv", "canvas", 4, "Lab Mid Fin", "7.50"),
    ("canvas/gradebook-2026-everything.csv", "canvas", 17, "PLN PLN Com Ano", "7.50"),
    ("canvas/gradebook-comma-separated-quoted-decimal-comma.csv", "canvas", 5, "PLN", "7,50"),
    ("canvas/gradebook-lastname-firstname.csv", "canvas", 10, "PLN", "7.50"),
    ("canvas/gradebook-semicolon-decimal-comma-bom.csv", "canvas", 8, "PLN", "7,50"),
    ("canvas/gradebook-thousands-and-percent.csv", "canvas", 3, "Big", "7.5"),
    ("canvas/import-short-header.csv", "canvas", 7, "Ass Com", "7.5"),
    ("canvas/old-export-cr-only.csv", "canvas", 8, "Qui Att", "7.5"),
    ("moodle-gradebook-export.csv", "moodle", 2, "Ass", "7.50"),
    ("moodle/assign-offline-grading-worksheet.csv", "moodle", 10, "Gra", "7.50"),
    ("moodle/grade-export-all-display-types.csv", "moodle", 12, "Ass Qui", "7.50"),
    ("moodle/grade-export-french.csv", "moodle", 6, "Dev", "7,50"),
    ("moodle/grade-export-semicolon-decimal-comma.csv", "moodle", 12, "Ass Qui", "7,50"),
    ("moodle/grade-export-tab.txt", "moodle", 12, "Ass", "7.50"),
    ("moodle/grade-import-many-items.csv", "", 3, "Gra Gra Gra Gra", "7.5"),
    ("moodle/grade-import-space-in-header.csv", "", 1, "Tes", "7.5"),
    ("moodle/grade-import.csv", "", 1, "Man", "7.5"),
    ("made/excel-europe-semicolon-cp1252.csv", "", 11, "Not", "7,5"),
    ("other/gradescope-gradebook-no-lms.csv", "", 21, "Dem Fak", "7.5"),
    ("other/sakai-grades.csv", "", 2, "a1  Wee Wee", "7.5"),
]
REFUSED = [
    ("blackboard/classic-roster.csv", "no_grade_columns"),
    ("blackboard/ultra-roster-child-course-id.csv", "no_grade_columns"),  # a total alone
    ("brightspace/attendance-export.csv", "no_grade_columns"),
    ("brightspace/classlist-export.csv", "no_grade_columns"),
    ("canvas/course-analytics-students.csv", "no_grade_columns"),
    ("canvas/roster-only-multi-section.csv", "no_grade_columns"),
    ("canvas/rubric-template-three-ratings.csv", "no_people"),
    ("made/empty-file.csv", "empty"),
    ("moodle/grade-export-colon.csv", "no_grade_columns"),  # the total of the course alone
    ("moodle/grade-export.ods", "open_document"),
    ("moodle/grade-export.xlsx", "not_text"),
    ("other/markus-students-no-header.csv", "no_headings"),
    ("other/not-a-csv-vagrantfile.csv", "no_headings"),
    ("other/peoplesoft-class-roster-html.xls", "not_text"),
]


def read(folder, name):
    path = folder / "csv" / name
    return path.read_bytes(), path.name


@pytest.mark.parametrize(("name", "system", "rows", "columns", "written"), GRADEBOOKS)
def test_a_gradebook_is_read_and_given_back(real_data, name, system, rows, columns, written):
    data, filename = read(real_data, name)

    book = read_gradebook(data, filename)

    assert (book.system, len(book.rows)) == (system, rows)
    assert " ".join(column.heading[:3] for column in book.fillable) == columns
    for column in book.fillable:
        assert fill(book, column.place, {})[1] == data
        filled, after = fill(
            book,
            column.place,
            {row.row.number: GradeToWrite(Decimal("7.5")) for row in book.rows},
        )
        again = read_gradebook(after, filename)
        places = {(row.number, column.place) for row in filled if row.result == "written"}
        assert {row.after for row in filled if row.result == "written"} <= {written, "7.50", "7.5"}
        for before, now in zip(book.table.records, again.table.records, strict=True):
            for place, cell in enumerate(before.cells):
                if (before.number, place) not in places:
                    assert now.cells[place] == cell


@pytest.mark.parametrize(("name", "reason"), REFUSED)
def test_what_is_no_gradebook_is_refused(real_data, name, reason):
    with pytest.raises(TableRefused) as refusal:
        read_gradebook(*read(real_data, name))

    assert refusal.value.reason == reason


def test_names_in_every_script_stay(real_data):
    data, filename = read(real_data, "canvas/gradebook-2026-everything.csv")
    book = read_gradebook(data, filename)
    row = next(one for one in book.rows if "=" in one.row.cell(0) or one.person.name)

    _filled, after = fill(book, 8, {row.row.number: GradeToWrite(Decimal("9.25"))})

    before, now = data.splitlines(), after.splitlines()
    assert [at for at, line in enumerate(before) if line != now[at]] == [row.row.line - 1]


def test_naughty_strings_as_names_stay(real_data):
    """Whatever somebody calls themselves, their line is what it was beside the grade."""
    names = json.loads((real_data / "unicode" / "blns.json").read_text())
    names = [name for name in names if not set(name) & set("\r\n\0\x85\u2028\u2029\x1a")]
    lines = ["Student,ID,SIS Login ID,Section,Blog (1),Talk (2)"]
    for at, name in enumerate(names):
        quoted = name.replace('"', '""')
        lines.append(f'"{quoted}",{at + 1},login{at},A01,,1.00')
    data = ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")
    book = read_gradebook(data, "grades.csv")
    grades = {row.row.number: GradeToWrite(Decimal("7.5")) for row in book.rows}

    filled, after = fill(book, 4, grades)

    assert len(filled) > 0.9 * len(names)
    expected = data
    for row in filled:
        login = f"login{book.table.records[row.number].cell(2).removeprefix('login')},A01,"
        expected = expected.replace(f"{login},1.00".encode(), f"{login}7.50,1.00".encode())
    assert after == expected
