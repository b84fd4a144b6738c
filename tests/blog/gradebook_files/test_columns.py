"""Columns of an LMS's file that are filled in, and reasons why others are not."""

import pytest

from blog.forms.gradebook.words import refusal_words
from blog.gradebook_files import read_gradebook
from blog.spreadsheets import TableRefused

BLACKBOARD = "Last Name,First Name,Username,Last Access,Availability"
BRIGHTSPACE = "OrgDefinedId,Username"


def refusals(heads, cells, *, people, end=("", "")):
    text = f"{heads}{end[0]}\n{people},{cells}{end[1]}\n"
    book = read_gradebook(text.encode(), "grades.csv")
    return {column.heading.split(" [")[0]: column.refusal for column in book.columns}


def of_blackboard(*columns):
    heads = ",".join([BLACKBOARD, *(heading for heading, _cell in columns)])
    cells = ",".join(cell for _heading, cell in columns)
    return refusals(heads, cells, people="Luna,Ada,ada,,Yes")


POINTS = ("Talk [Total Pts: 5 Score] |7", "3.00")


@pytest.mark.parametrize(
    ("display", "cell", "refusal"),
    [
        ("Score", "", ""),
        ("Score", "7.50", ""),
        ("Punktzahl", "7,50", ""),
        ("", "7.50", ""),
        ("Percentage", "", "percent"),
        ("Percentage", "75", "percent"),
        ("Prozentsatz", "75", "percent"),
        ("", "75%", "percent"),
        ("Letter", "", "symbols"),
        ("Buchstabe", "B+", "symbols"),
        ("", "B+", "symbols"),
        ("Text", "", "text"),
        ("Complete/Incomplete", "", "text"),
        ("", "Well done", "text"),
    ],
)
def test_a_column_of_blackboard_is_filled_in_where_it_shows_points(display, cell, refusal):
    blog = (f"Blog [Total Pts: 10 {display}] |6".replace(" ]", "]"), f'"{cell}"')

    assert of_blackboard(blog, POINTS) == {"Blog": refusal, "Talk": ""}


@pytest.mark.parametrize("display", ["Score", "Puntuación", ""])
@pytest.mark.parametrize(
    "cells", [["In Progress(3)"], ["Needs Grading(0.00)"], ["7", "Zu benoten"]]
)
def test_a_state_in_the_place_of_a_grade_leaves_a_column_of_points(display, cells):
    heads = f"{BLACKBOARD},Blog [Total Pts: 10 {display}] |6".replace(" ]", "]")
    lines = [f"Luna,Ada,ada{number},,Yes,{cell}" for number, cell in enumerate(cells)]

    book = read_gradebook("\n".join([heads, *lines]).encode(), "grades.csv")

    assert [column.refusal for column in book.columns] == [""]


@pytest.mark.parametrize(("display", "cell"), [("Percentage", "75"), ("Letter", "B")])
def test_a_file_without_points_says_what_to_do(display, cell):
    with pytest.raises(TableRefused) as caught:
        of_blackboard((f"Blog [Total Pts: 10 {display}] |6", cell))

    assert caught.value.reason == "not_points"
    assert "percentages or A, B, C" in refusal_words(caught.value)


@pytest.mark.parametrize(
    "heading",
    [
        "Adjusted Final Grade Numerator",
        "Adjusted Final Grade Denominator",
        "Adjusted Final Grade <Numeric MaxPoints:100>",
        "Adjusted Final Grade Points Grade",
        "Adjusted Final Grade Points Grade <Numeric MaxPoints:100>",
        "Calculated Final Grade Points Grade <Numeric MaxPoints:100>",
    ],
)
def test_final_grades_of_brightspace_are_never_filled_in(heading):
    heads = f"{BRIGHTSPACE},{heading},Blog 1 Points Grade <Numeric MaxPoints:10>"
    end = (",End-of-Line Indicator", ",#")

    found = refusals(heads, "80,7", people="#1,#ada", end=end)

    assert found[heading] == "total"
    assert found["Blog 1 Points Grade <Numeric MaxPoints:10>"] == ""
