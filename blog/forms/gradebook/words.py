"""What the readers of grade files have found, in words: they give keys."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.roster.words import REFUSALS as LIST_REFUSALS
from blog.spreadsheets import TableRefused

SYSTEMS = {
    "canvas": "Canvas",
    "moodle": "Moodle",
    "brightspace": "Brightspace",
    "blackboard": "Blackboard",
}

REFUSALS = {
    **LIST_REFUSALS,
    "empty": gettext_lazy("This file is empty."),
    "no_people": gettext_lazy("There are no people in this file. It needs names or numbers."),
    "not_text": gettext_lazy(
        "We cannot write into this kind of file. Download the gradebook as CSV and upload that."
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
    "encoding": gettext_lazy("A grade cannot be written in the encoding of this file."),
    "broken_quotes": gettext_lazy(
        "A quotation mark is missing in this file, so nothing can be written into it safely. "
        "Download it again."
    ),
    "not_rewritable": gettext_lazy(
        "We cannot keep this file as it is, so nothing is written into it. Download it again."
    ),
}
REFUSED = gettext_lazy("We cannot read this file. Upload a CSV file.")

# Why a column is not filled in.
COLUMN_REFUSALS = {
    "read_only": gettext_lazy("the LMS does not read it back"),
    "total": gettext_lazy("a total that the LMS works out"),
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
    "written": gettext_lazy("Written"),
    "same": gettext_lazy("Has this grade already"),
    "not_released": gettext_lazy("Not released yet: the cell stays as it is"),
    "no_points": gettext_lazy("Released without points: the cell stays as it is"),
    "no_excuse": gettext_lazy("Excused: write this in the LMS yourself"),
    "not_assigned": gettext_lazy("Not assigned in the LMS: the cell stays as it is"),
    "too_high": gettext_lazy("More than the column allows: the cell stays as it is"),
    "locked": gettext_lazy("Locked in the LMS: the cell stays as it is"),
    "no_cell": gettext_lazy("The line is too short: there is no cell to write into"),
    "unknown": gettext_lazy("Nobody in this course has this number, username or email"),
    "only_name": gettext_lazy("Found by name only: not written"),
    "twice": gettext_lazy("Two lines fit the same student: not written"),
    "broken": gettext_lazy("The cells of this line are not under their headings: not written"),
    "former": gettext_lazy("Not a student of this course now"),
}


# What becomes of a cell of a table of grades.
CELL_STATES = {
    "changed": gettext_lazy("Changed"),
    "same": gettext_lazy("As it is"),
    "stale": gettext_lazy("Changed here since you exported the table: stays as it is"),
    "no_number": gettext_lazy("This is no number of points"),
    "too_high": gettext_lazy("More points than this prompt has"),
    "too_exact": gettext_lazy("More than two decimals"),
    "closed": gettext_lazy("Settle or change this one on the grading desk"),
    "twice": gettext_lazy("This student has two lines"),
    "unknown_student": gettext_lazy("No student of this course has this username"),
    "unknown_prompt": gettext_lazy("This course has no open prompt with this number"),
}


def refusal_words(refusal: TableRefused) -> str:
    """Return why a file is not read or written, with the line if it is known."""
    words = str(REFUSALS.get(refusal.reason, REFUSED))
    if refusal.line is None:
        return words
    return _("Line %(line)d: %(words)s") % {"line": refusal.line, "words": words}
