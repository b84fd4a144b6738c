"""Filling in a column: only its cells change, and no cell is ever made blank."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.gradebook_files import GradeToWrite, fill, read_gradebook
from blog.spreadsheets import TableRefused

CANVAS = (
    "Student,ID,SIS Login ID,Section,Blog (1),Talk (2)\n"
    "    Points Possible,,,,10.00,5.00\n"
    '"Luna, Ada",7,ada,A01,,1.00\n'
    '"Obi, Bob",8,bob,A01,6.00,2.00\n'
    '"=HYPERLINK(""x"")",9,cyn,A01,EX,\n'
)


def book_of(text, name="grades.csv"):
    return read_gradebook(text.encode(), name)


def grades(*points):
    """Return the grades of the first rows below the points; None is excused."""
    return {at: GradeToWrite(one) for at, one in enumerate(points, start=2)}


def test_only_the_chosen_cells_change():
    filled, data = fill(book_of(CANVAS), 4, grades(Decimal("7.5"), Decimal(6), Decimal(4)))

    assert [(row.before, row.after, row.result) for row in filled] == [
        ("", "7.50", "written"),
        ("6.00", "6.00", "same"),
        ("EX", "4.00", "written"),
    ]
    assert data.decode() == CANVAS.replace("A01,,1.00", "A01,7.50,1.00").replace(
        "A01,EX,", "A01,4.00,"
    )


def test_whoever_has_no_grade_keeps_the_cell():
    book = book_of(CANVAS)

    assert fill(book, 4, {}) == ([], CANVAS.encode())


def test_an_excuse_is_written_where_the_lms_reads_it():
    filled, data = fill(book_of(CANVAS), 4, grades(None))

    assert filled[0].result == "written"
    assert b"A01,EX,1.00" in data
    moodle = book_of("Email address,Assignment: Blog (Real)\na@example.edu,-\n")
    [row] = fill(moodle, 1, {1: GradeToWrite(None)})[0]
    assert (row.after, row.result) == ("-", "no_excuse")


def test_points_are_scaled():
    filled, _data = fill(book_of(CANVAS), 4, grades(Decimal(12)), scale=Decimal(10) / Decimal(16))

    assert filled[0].after == "7.50"


def test_moodle_refuses_a_whole_file_for_one_grade_that_is_too_high():
    sheet = (
        "Identifier,Email address,Grade,Maximum Grade,Grade can be changed\n"
        "Participant 1,a@example.edu,,10.00,Yes\n"
        "Participant 2,b@example.edu,,10.00,No\n"
        "Participant 3,c@example.edu,,20.00,Yes\n"
    )
    points = {row: GradeToWrite(Decimal(12)) for row in (1, 2, 3)}

    filled, _data = fill(book_of(sheet), 2, points)

    assert [row.result for row in filled] == ["too_high", "locked", "written"]


def test_what_is_not_assigned_stays():
    text = CANVAS.replace("6.00,2.00", "N/A,2.00")

    filled, data = fill(book_of(text), 4, {3: GradeToWrite(Decimal(5))})

    assert (filled[0].result, data) == ("not_assigned", text.encode())


def test_a_short_line_has_no_cell():
    text = CANVAS + '"Short, Dan",10,dan,A01\n'

    filled, data = fill(book_of(text), 4, {5: GradeToWrite(Decimal(5))})

    assert (filled[0].result, data) == ("no_cell", text.encode())


def test_a_workbook_cannot_be_written_back():
    with pytest.raises(TableRefused, match="not_text"):
        read_gradebook(b"<table><tr><td>Email</td><td>Grade</td></tr></table>", "grades.xls")


def test_a_list_without_grades_is_refused():
    with pytest.raises(TableRefused, match="no_grade_columns"):
        book_of("Name,Email\nAda,a@example.edu\nBob,b@example.edu\n")


CELL = st.sampled_from(["", "-", "6.00", "6,00", "EX", "n/a", '"7.5"', "10", "N/A"])
NAME = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='",\x85\u2028\u2029'),
    max_size=12,
)


@given(
    st.lists(st.tuples(NAME, CELL, CELL), min_size=1, max_size=6),
    st.lists(st.one_of(st.none(), st.decimals(0, 100, places=2)), max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_all_else_is_the_same_byte_for_byte(rows, points, end, has_mark):
    lines = ["Student,ID,SIS Login ID,Section,Blog (1),Talk (2)"]
    lines += [
        f'"{name}, Ada",{at},login{at},A01,{one},{other}'
        for at, (name, one, other) in enumerate(rows)
    ]
    data = (b"\xef\xbb\xbf" if has_mark else b"") + (end.join(lines) + end).encode()
    book = read_gradebook(data, "grades.csv")
    chosen = {at: GradeToWrite(one) for at, one in enumerate(points[: len(rows)], start=1)}

    filled, after = fill(book, 4, chosen)

    before, now = data.decode().split(end), after.decode().split(end)
    changed = {row.number for row in filled if row.result == "written"}
    assert len(before) == len(now)
    for at, (old, new) in enumerate(zip(before, now, strict=True)):
        if at not in changed:
            assert old == new
        else:
            prefix, suffix = f"login{at - 1},A01,", "," + rows[at - 1][2]
            assert old.partition(prefix)[0] == new.partition(prefix)[0]
            assert new.endswith(suffix)
            assert new.partition(prefix)[2].removesuffix(suffix).strip('"') != ""
