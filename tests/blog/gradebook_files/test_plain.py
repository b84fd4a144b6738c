"""Our own table of grades: harmless in a spreadsheet, and read back as it was written."""

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from blog.gradebook_files.plain import (
    PlainGrade,
    PlainRow,
    guarded,
    read_plain,
    write_csv,
    write_workbook,
)
from blog.spreadsheets import TableRefused

TITLES = {1: "Who taught you, that (post)?", 2: "=Two"}
ROW = PlainRow(
    "ada-l",
    '=HYPERLINK("x")',
    "A01",
    "Alder",
    {
        (1, "post"): PlainGrade(Decimal("7.5"), version="3.2"),
        (1, "comments"): PlainGrade(is_excused=True, version="4.1"),
        (2, "post"): PlainGrade(version="5.1"),
    },
)
WRITERS = {"csv": write_csv, "xlsx": write_workbook}


def test_csv_is_guarded_where_a_spreadsheet_would_run_it():
    assert write_csv(TITLES, [ROW]).decode() == (
        "\ufeffusername,name,section,pod,"
        '"1. Who taught you, that (post)? (post)","1. Who taught you, that (post)? (comments)",'
        "2. =Two (post),2. =Two (comments),version\r\n"
        'ada-l,"\'=HYPERLINK(""x"")",A01,Alder,7.5,EX,,,1p=3.2 1c=4.1 2p=5.1 2c=0\r\n'
    )


def test_a_workbook_has_texts_and_numbers_and_no_formula():
    sheet = load_workbook(io.BytesIO(write_workbook(TITLES, [ROW]))).active

    name, points = sheet["B2"], sheet["E2"]
    assert (name.value, name.data_type) == ('=HYPERLINK("x")', "s")
    assert (points.value, points.data_type) == (7.5, "n")


@pytest.mark.parametrize("written_as", WRITERS)
def test_what_is_written_is_read_back(written_as):
    [row] = read_plain(WRITERS[written_as](TITLES, [ROW]), f"grades.{written_as}")

    assert (row.line, row.username) == (2, "ada-l")
    assert {work: (one.grade, one.problem) for work, one in row.grades.items()} == {
        (1, "post"): (PlainGrade(Decimal("7.5"), version="3.2"), ""),
        (1, "comments"): (PlainGrade(is_excused=True, version="4.1"), ""),
        (2, "post"): (PlainGrade(version="5.1"), ""),
        (2, "comments"): (PlainGrade(version="0"), ""),
    }


@pytest.mark.parametrize("written_as", WRITERS)
@pytest.mark.parametrize("name", ["Gerard 't Hooft", "'t Hooft", "=1+1", "-", "'", "@ada"])
def test_a_name_keeps_its_own_apostrophe(written_as, name):
    row = PlainRow("ada-l", name, "", "", {(1, "post"): PlainGrade()})

    [read] = read_plain(WRITERS[written_as](TITLES, [row]), f"grades.{written_as}")

    assert read.name == name


def test_commas_and_semicolons_of_a_european_spreadsheet_are_read():
    text = (
        "username;name;1. Blog (post);1. Blog (comments);version\r\n"
        "ada-l;Ada;7,5;viel;1p=3.2 1c=0\r\n"
    )

    [row] = read_plain(text.encode("cp1252"))

    assert row.grades[1, "post"].grade.points == Decimal("7.5")
    assert row.grades[1, "comments"].problem == "no_number"


@pytest.mark.parametrize(
    "text", ["Name,Email\nAda,a@example.edu\n", "username,name\nada,Ada\n", "one\ntwo\n"]
)
def test_another_table_is_refused(text):
    with pytest.raises(TableRefused, match="not_ours"):
        read_plain(text.encode())


@given(st.text(max_size=20))
def test_a_guarded_text_begins_with_nothing_that_runs(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "|", "＝"))
    assert guarded(guarded(text)) == guarded(text)


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
POINTS = st.one_of(st.none(), st.decimals(0, 9999, places=2))


@given(st.lists(st.tuples(NAMES, POINTS), min_size=1, max_size=5), st.sampled_from(list(WRITERS)))
def test_points_come_back_whatever_people_are_called(people, written_as):
    rows = [
        PlainRow(f"user-{at}", name, "", "", {(1, "post"): PlainGrade(points, version="1.1")})
        for at, (name, points) in enumerate(people)
    ]

    read = read_plain(WRITERS[written_as]({1: "Blog"}, rows))

    assert [row.grades[1, "post"].grade.points for row in read] == [
        points if points is None else points.normalize() + 0 for _name, points in people
    ]
