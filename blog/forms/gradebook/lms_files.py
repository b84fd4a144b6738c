"""Forms of LMS files: upload one, and choose what is written into which column."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.gradebook.words import REFUSALS, refusal_words
from blog.gradebook_files import GradeColumn, LmsGradebook
from blog.models import Prompt
from blog.queries.lms_files import COMMENTS, POST, SUM
from blog.spreadsheets import MAX_BYTES, TableRefused
from blog.web.idempotency import IdempotencyKeyField

YES = "yes"


class GradeFileForm(forms.Form):
    """A file of grades; ``content`` is what an action takes."""

    grade_file = forms.FileField(
        label=gettext_lazy("Gradebook"),
        error_messages={"empty": REFUSALS["empty"]},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xls,.xlsx"}),
    )
    key = IdempotencyKeyField()

    def clean_grade_file(self):
        uploaded = self.cleaned_data["grade_file"]
        if uploaded.size > MAX_BYTES:
            raise forms.ValidationError(REFUSALS["too_large"])
        return uploaded

    @property
    def content(self) -> dict:
        uploaded = self.cleaned_data["grade_file"]
        uploaded.seek(0)
        return {"data": uploaded.read(), "name": uploaded.name}

    def refuse(self, refusal: TableRefused) -> None:
        self.add_error("grade_file", refusal_words(refusal))


class LmsUploadForm(GradeFileForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade_file"].help_text = _(
            "The file as Canvas, Moodle, Brightspace or Blackboard gave it to you, up to 5 MB. Do "
            "not open it in Excel first."
        )


class FillForm(forms.Form):
    """The choice of grades for each column of a file."""

    grade_column = forms.ChoiceField(label=gettext_lazy("Column to fill in"))
    prompt = forms.ChoiceField(label=gettext_lazy("Prompt"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Grades"),
        choices=[
            (POST, gettext_lazy("Posts")),
            (COMMENTS, gettext_lazy("Comments")),
            (SUM, gettext_lazy("Posts and comments together")),
        ],
        initial=POST,
        widget=forms.RadioSelect,
    )
    scale = forms.BooleanField(
        label=gettext_lazy("Scale points to the column’s maximum"),
        required=False,
        help_text=gettext_lazy("For example 12 of 16 here becomes 7.5 of 10 there."),
    )
    names = forms.BooleanField(
        label=gettext_lazy(
            "Also fill in people matched by name only, or by a number whose leading zeros differ"
        ),
        required=False,
        help_text=gettext_lazy(
            "Two people can have the same name. A number with more or fewer zeros in "
            "front can belong to someone else. Check these lines first."
        ),
    )

    def __init__(self, *args, book: LmsGradebook, prompts: Sequence[Prompt], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade_column"].choices = [
            (str(column.place), _column_words(column)) for column in book.fillable
        ]
        self.fields["prompt"].choices = [(str(one.number), str(one)) for one in prompts]

    @property
    def answers(self) -> dict[str, str]:
        """Return the content for the action."""
        data = self.cleaned_data
        ticks = {name: YES if data[name] else "" for name in ("scale", "names")}
        return {name: data[name] for name in ("grade_column", "prompt", "kind")} | ticks


def _column_words(column: GradeColumn) -> str:
    if column.highest_points is None:
        return column.heading
    words = _("%(heading)s (maximum %(points)s)")
    return words % {"heading": column.heading, "points": f"{column.highest_points.normalize():f}"}


class GradeImportForm(GradeFileForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade_file"].label = _("Grades file")
        self.fields["grade_file"].help_text = _(
            "The CSV or XLSX that you exported here, with other points in it. Empty cells change "
            "nothing."
        )
