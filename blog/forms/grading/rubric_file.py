"""The form that brings in rubrics from a file of Canvas."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.grading.points_field import plain_number
from blog.forms.grading.rubric_rows import CriterionRow, LevelRow
from blog.rubric_files import (
    NO_HEADINGS,
    TOO_MANY_RUBRICS,
    FileProblem,
    FileRubric,
    RubricFile,
    read_rubrics,
)
from blog.spreadsheets import MAX_BYTES, TableRefused

REASONS = {
    NO_HEADINGS: gettext_lazy(
        "This file has no rubric. A Canvas rubric begins with the columns Rubric Name and "
        "Criteria Name."
    ),
    TOO_MANY_RUBRICS: gettext_lazy("This file has more than 50 rubrics. Split it into several."),
    "empty": gettext_lazy("This file is empty."),
    "too_large": gettext_lazy("This file is too large for a rubric."),
    "undecodable": gettext_lazy("This text cannot be read. Save the file as CSV in UTF-8."),
}
PROBLEMS = {
    "no_rubric_name": gettext_lazy("Line %(line)d is left out: it has no rubric name."),
    "no_criterion_name": gettext_lazy("Line %(line)d is left out: it has no criterion name."),
    "no_levels": gettext_lazy("Line %(line)d is left out: “%(text)s” has no levels."),
    "no_points": gettext_lazy("Line %(line)d is left out: the level “%(text)s” has no points."),
    "bad_points": gettext_lazy("Line %(line)d is left out: “%(text)s” is not a number."),
    "negative_points": gettext_lazy(
        "Line %(line)d is left out: points cannot be below zero, as in “%(text)s”."
    ),
    "too_many_levels": gettext_lazy(
        "Line %(line)d is left out: “%(text)s” has more than seven levels."
    ),
    "ranges": gettext_lazy(
        "Line %(line)d: the levels of “%(text)s” are ranges of points in Canvas. Here each level "
        "has the highest points of its range."
    ),
}


class RubricFileForm(forms.Form):
    """A file; ``rubrics`` of a valid form is what it holds."""

    file = forms.FileField(
        label=gettext_lazy("Canvas rubric"),
        help_text=gettext_lazy("A CSV file. You see it before it is saved."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    rubrics: RubricFile

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(REASONS["too_large"])
        try:
            self.rubrics = read_rubrics(file.read(), file.name)
        except TableRefused as refusal:
            unreadable = _("This file is not a table. Save it as CSV in the other program.")
            raise forms.ValidationError(REASONS.get(refusal.reason, unreadable)) from refusal
        return file

    def problems(self) -> list[str]:
        """Return in words what of the file is not read."""
        return [in_words(problem) for problem in self.rubrics.problems]


def in_words(problem: FileProblem) -> str:
    return str(PROBLEMS[problem.kind]) % {"line": problem.line, "text": problem.text}


def rows_of_file(rubric: FileRubric) -> list[CriterionRow]:
    """Return the criteria of a file as the form of a rubric has them."""
    return [
        CriterionRow(
            criterion=criterion.title,
            about=criterion.description,
            weight="1",
            levels=[
                LevelRow(level.title, plain_number(level.points), level.description)
                for level in criterion.levels
            ],
        )
        for criterion in rubric.criteria
    ]
