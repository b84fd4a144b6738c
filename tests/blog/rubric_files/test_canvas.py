from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.rubric_files import (
    FileCriterion,
    FileLevel,
    FileProblem,
    FileRubric,
    read_rubrics,
    write_rubric,
)
from blog.spreadsheets import TableRefused

HEADINGS = (
    b"Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,"
    b"Rating Name,Rating Description,Rating Points,Rating Name,Rating Description,Rating Points\n"
)
NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
TEXTS = st.lists(NAMES, max_size=3).map("\n".join)
LEVELS = st.builds(
    FileLevel, NAMES, TEXTS, st.decimals(min_value=0, max_value=1000, places=2, allow_nan=False)
)


def level(title, points, description=""):
    return FileLevel(title, description, Decimal(points))


def summary(file):
    """Return what a file has, short enough to be compared by eye."""
    return {
        rubric.title: {
            criterion.title: [f"{level.title} {level.points}" for level in criterion.levels]
            for criterion in rubric.criteria
        }
        for rubric in file.rubrics
    }


@pytest.mark.parametrize(
    ("name", "expected", "problems"),
    [
        (
            "rubric-template-three-ratings.csv",
            {
                "PLN Blog": {
                    "Argument": ["Missing 0.00", "Emerging 2.00", "Strong 4.00"],
                    "References": ["Partial 1.00", "Complete 2.00"],
                }
            },
            [],
        ),
        (
            "rubric-five-ratings-quoted-newline.csv",
            {
                "Reflective post (2026)": {
                    "Connection to the network": [
                        *("None 0.00", "Poor 2.50", "Fair 5.00", "Good 7.50", "Excellent 10.00"),
                    ],
                    "Écriture": ["Moyen 3.00", "Bien 4.00", "Très bien 5.00"],
                },
                "Second rubric in the same file": {"Only criterion": ["No 0.00", "Yes 1.00"]},
            },
            [("ranges", 2), ("ranges", 4)],
        ),
        (
            "rubric-numbered-headers.csv",
            {"Peer comment": {"Specific": ["No 0.00", "Yes 3.00"]}},
            [("ranges", 2)],
        ),
        (
            "rubric-semicolon-bom-excel.csv",
            {"PLN Blog": {"Argument": ["Schwach 1.50", "Gut 4.00"]}},
            [],
        ),
        (
            "rubric-broken-rows.csv",
            {"Blog": {"Order": ["Weak 0.00", "Good 5.00"]}},
            [
                ("bad_points", 2),
                ("no_rubric_name", 3),
                ("no_criterion_name", 4),
                ("no_levels", 5),
                ("no_points", 6),
                ("negative_points", 8),
            ],
        ),
    ],
)
def test_files_of_canvas(real_data, name, expected, problems):
    file = read_rubrics((real_data / "csv/canvas" / name).read_bytes(), name)

    assert summary(file) == expected
    assert [(problem.kind, problem.line) for problem in file.problems] == problems


def test_descriptions_are_read_with_their_lines_and_quotes(real_data):
    path = real_data / "csv/canvas/rubric-five-ratings-quoted-newline.csv"

    criterion = read_rubrics(path.read_bytes()).rubrics[0].criteria[0]

    assert criterion.description.count("\n") == 1
    assert criterion.levels[-1].description == 'Two or more, "with quotes"'


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (b"Blog,Voice,,,Good,,5,Bad,,none", FileProblem("bad_points", 2, "none")),
        (b"Blog,Voice,,,Good,,5,,,-2", FileProblem("negative_points", 2, "-2")),
        (b'Blog,Voice,,,Good,,5,Bad,,"1,000,5"', FileProblem("bad_points", 2, "1,000,5")),
        (b"Blog,Voice,,,Good,,,,,", FileProblem("no_points", 2, "Good")),
    ],
)
def test_a_row_that_is_no_criterion_is_left_out_and_named(row, problem):
    file = read_rubrics(HEADINGS + row)

    assert (file.rubrics, file.problems) == ((), (problem,))


def test_a_rubric_that_is_called_like_a_total_is_one():
    file = read_rubrics(HEADINGS + b"Total,Points,,,Good,,5,Bad,,0")

    assert summary(file) == {"Total": {"Points": ["Bad 0.00", "Good 5.00"]}}


@pytest.mark.parametrize("data", [b"Student,ID\nAda,1\n", b"Rubric Name,Criteria Name\nA,B\n"])
def test_a_file_without_rubrics_is_refused(data):
    with pytest.raises(TableRefused, match="no_headings"):
        read_rubrics(data)


def test_more_rubrics_than_anybody_has_are_refused_and_problems_are_bounded():
    lines = [f"R{number},Points,,,Good,,5".encode() for number in range(51)]
    bad = [b"R,,,,Good,,5" for _line in range(90)]

    assert len(read_rubrics(HEADINGS + b"\n".join(lines[:50])).rubrics) == 50
    assert len(read_rubrics(HEADINGS + b"\n".join([*lines[:1], *bad])).problems) == 50
    with pytest.raises(TableRefused, match="too_many_rubrics"):
        read_rubrics(HEADINGS + b"\n".join(lines))


def test_a_written_file_is_what_canvas_reads():
    long = FileCriterion("Voice", "Heard,\nand how", (level("No", 0), level("Yes", "2.50", "")))
    short = FileCriterion("Order", "", (level("A", 0), level("B", 1), level("C", "10")))

    assert write_rubric(FileRubric("Blog", (long, short))).decode() == (
        "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,"
        "Rating Name,Rating Description,Rating Points,Rating Name,Rating Description,Rating Points,"
        "Rating Name,Rating Description,Rating Points\n"
        'Blog,Voice,"Heard,\nand how",false,Yes,,2.5,No,,0\n'
        "Blog,Order,,false,C,,10,B,,1,A,,0\n"
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(NAMES, TEXTS, st.lists(LEVELS, min_size=1, max_size=7)), min_size=1, max_size=3
    )
)
def test_what_is_written_is_read_again(criteria):
    rubric = FileRubric(
        "Blog",
        tuple(
            FileCriterion(title, text, tuple(sorted(levels, key=lambda one: one.points)))
            for title, text, levels in criteria
        ),
    )

    assert read_rubrics(write_rubric(rubric)).rubrics == (rubric,)
