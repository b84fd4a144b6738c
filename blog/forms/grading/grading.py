"""The form of a grading: a level for each criterion, and feedback in words."""

import json
import re

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from blog.models import Criterion, Grading, Level, Prompt, version_of
from blog.text import MAX_COMMENT_CHARS
from blog.web.resubmission import CHOICES_FIELD, submitted_choices

PREFIX = "criterion-"
NO_VERSION = 0


class GradingForm(forms.Form):
    """The levels and the feedback of one grader.

    A level is chosen by its position, so that the digit on the keyboard is the value. Criteria may
    be left without a level while grading is in progress; only a complete grading is released. A
    level that was chosen can be changed, but not taken back. A form whose rubric was changed since
    it was rendered, or that names none, is refused: ``has_old_rubric`` tells. The view sets
    ``is_stale`` where another window has saved meanwhile.
    """

    is_stale = False
    has_saved_comments = True

    text = forms.CharField(
        label=_("Feedback"),
        required=False,
        max_length=MAX_COMMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control"}),
        help_text=_("Bold, italics, links and lists work here."),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rubric = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        prompt: Prompt,
        criteria: list[Criterion],
        grading: Grading | None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.course, self.criteria, self.grading = prompt.course, criteria, grading
        rubric = prompt.rubric
        self.rubric_version = version_of(rubric) if rubric else ""
        self.has_old_rubric = False
        self.choices_field = CHOICES_FIELD
        self.choices = json.dumps(self.choices_in_words(), ensure_ascii=False)
        scores = grading.scores.all() if grading else []
        chosen = {score.criterion_id: score.level.position for score in scores}
        for criterion in criteria:
            self.fields[f"{PREFIX}{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.title,
                choices=[(level.position, level.title) for level in criterion.levels.all()],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=chosen.get(criterion.pk),
            )
        if grading:
            self.initial |= {"text": grading.text, "version": version_of(grading)}

    def clean_version(self) -> int | None:
        """Return the version of the grader's own grading that the page had; None for none.

        What the page of another grader had is a version that no stored grading has.
        """
        sent = self.cleaned_data["version"]
        if not sent:
            return None
        row, _dot, number = sent.partition(".")
        is_own = self.grading is not None and row == str(self.grading.pk)
        return int(number) if is_own and re.fullmatch("[0-9]{1,9}", number) else NO_VERSION

    def clean(self):
        data = super().clean()
        self.has_old_rubric = self.data.get("rubric") != self.rubric_version
        if self.has_old_rubric:
            raise forms.ValidationError(
                _(
                    "The rubric of this prompt was changed while this page was open. Nothing is "
                    "saved yet. Your feedback is below: check the levels, then save again."
                )
            )
        return data

    def rows(self):
        """Yield each criterion with its bound field and its levels."""
        for criterion in self.criteria:
            yield criterion, self[f"{PREFIX}{criterion.pk}"], criterion.levels.all()

    def progress_labels(self) -> list[str]:
        """Return what the page says while no, one, two… criteria are without a level."""
        counts = range(1, len(self.criteria) + 1)
        return [
            gettext("All levels chosen"),
            *(
                ngettext("%(n)d level to choose", "%(n)d levels to choose", n) % {"n": n}
                for n in counts
            ),
        ]

    def levels(self) -> dict[Criterion, Level | None]:
        """Return the criteria that were sent with a level, each with it.

        A criterion that was not sent keeps the level that it has: a browser sends none for it
        where none is chosen, and there is no way to choose that again.
        """
        chosen = {
            criterion: _level_at(criterion, self.cleaned_data[f"{PREFIX}{criterion.pk}"])
            for criterion in self.criteria
        }
        return {criterion: level for criterion, level in chosen.items() if level is not None}

    def choices_in_words(self) -> dict[str, dict[str, str]]:
        """Return by field and value what the form's levels say, such as “Uses evidence: Well”."""
        return {
            f"{PREFIX}{criterion.pk}": {
                str(level.position): f"{criterion.title}: {level.title}"
                for level in criterion.levels.all()
            }
            for criterion in self.criteria
        }

    def old_choices(self) -> list[str]:
        """Return in words the levels that were chosen and that the form no longer has."""
        present = self.choices_in_words()
        return [
            words
            for name, value, words in submitted_choices(self.data)
            if self.has_old_rubric and present.get(name, {}).get(value) != words
        ]


def _level_at(criterion: Criterion, position: int | None) -> Level | None:
    return next((level for level in criterion.levels.all() if level.position == position), None)
