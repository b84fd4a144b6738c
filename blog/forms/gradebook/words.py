"""Findings of the readers of grade files, in words: they give keys."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from blog.forms.roster import words
from blog.spreadsheets import TableRefused

SYSTEMS = {
    "canvas": "Canvas",
    "moodle": "Moodle",
    "brightspace": "Brightspace",
    "blackboard": "Blackboard",
}

REFUSALS = {
    **words.REFUSALS,
    "empty": gettext_lazy("This file is empty."),
    "no_people": gettext_lazy("There are no people in this file. It needs names or numbers."),
    "not_text": gettext_lazy(
        "We cannot fill in this kind of file. Download the gradebook as CSV and upload that."
    ),
    "not_ours": gettext_lazy(
        "This is not a table that you exported here. Export one, change the points in it, and "
        "upload that."
    ),
    "no_headings": gettext_lazy(
        "We did not find headings in this file. Upload the gradebook as you downloaded it."
    ),
    "no_grade_columns": gettext_lazy(
        "This file has no column for grades. Download the gradebook with the assignment in it, "
        "then upload that."
    ),
    "not_points": gettext_lazy(
        "The grades in this file are percentages or A, B, C, and we write points. Show the column "
        "as points in the LMS, then download the gradebook again."
    ),
    "encoding": gettext_lazy("The encoding of this file cannot represent one of the grades."),
    "broken_quotes": gettext_lazy(
        "A quotation mark is missing in this file, so it cannot be filled in safely. "
        "Download it again."
    ),
    "not_rewritable": gettext_lazy(
        "We cannot fill in this file without changing the rest of it. Download it again."
    ),
}
REFUSED = gettext_lazy("We cannot read this file. Upload a CSV file.")

# Why a column is not filled in.
COLUMN_REFUSALS = {
    "read_only": gettext_lazy("the LMS ignores it on import"),
    "total": gettext_lazy("a total calculated by the LMS"),
    "text": gettext_lazy("words, not points"),
    "percent": gettext_lazy(
        "percentages, and we write points: show the column as points in the LMS, then download it"
    ),
    "symbols": gettext_lazy(
        "A, B, C, and we write points: show the column as points in the LMS, then download it"
    ),
    "feedback": gettext_lazy("feedback"),
    "other": gettext_lazy("not for grades"),
}

# What becomes of a row.
RESULTS = {
    "written": gettext_lazy("Filled in"),
    "same": gettext_lazy("Has this grade already"),
    "not_released": gettext_lazy("Not released yet: the cell is left unchanged"),
    "no_points": gettext_lazy("Released without points: the cell is left unchanged"),
    "half_excused": gettext_lazy(
        "Excused from the post or from the comments: enter this in the LMS yourself"
    ),
    "no_excuse": gettext_lazy("Excused: enter this in the LMS yourself"),
    "not_assigned": gettext_lazy("Not assigned in the LMS: the cell is left unchanged"),
    "too_high": gettext_lazy("More than the column allows: the cell is left unchanged"),
    "locked": gettext_lazy("Locked in the LMS: the cell is left unchanged"),
    "no_cell": gettext_lazy("The line is too short: there is no cell to fill in"),
    "unknown": gettext_lazy("Nobody in this course has this number, username or email"),
    "only_name": gettext_lazy("Matched by name only: not filled in"),
    "only_alike": gettext_lazy("The leading zeros of the number differ: not filled in"),
    "twice": gettext_lazy("Two lines match this student: not filled in"),
    "broken": gettext_lazy("The cells of this line are not under their headings: not filled in"),
    "former": gettext_lazy("Not a student of this course now"),
}


# What becomes of a cell of a table of grades.
CELL_STATES = {
    "changed": pgettext_lazy("grade", "Changed"),
    "same": gettext_lazy("Unchanged"),
    "stale": gettext_lazy("Changed here since you exported the table: not imported"),
    "no_number": gettext_lazy("Not a number"),
    "too_high": gettext_lazy("More points than this prompt has"),
    "too_exact": gettext_lazy("More than two decimal places"),
    "closed": gettext_lazy("Can only be changed on the grading desk"),
    "twice": gettext_lazy("This student is in two lines"),
    "unknown_student": gettext_lazy("No student of this course has this username"),
    "unknown_prompt": gettext_lazy("This course has no open prompt with this number"),
}


def refusal_words(refusal: TableRefused) -> str:
    """Return why a file of grades is not read or written, with the line if it is known."""
    return words.refusal_words(refusal, REFUSALS, REFUSED)
