"""The form of a grading: a level for each criterion, and feedback in words."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from blog.models import Criterion, Grading, Level
from blog.text import MAX_COMMENT_CHARS


class GradingForm(forms.Form):
    """The levels and the feedback of one grader.

    A level is chosen by its position, so that the digit on the keyboard is the value. Criteria may
    be left without a level while grading is in progress; only a complete grading is released.
    """

    text = forms.CharField(
        label=_("Feedback"),
        required=False,
        max_length=MAX_COMMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, criteria: list[Criterion], grading: Grading | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        scores = grading.scores.all() if grading else []
        chosen = {score.criterion_id: score.level.position for score in scores}
        for criterion in criteria:
            self.fields[f"criterion-{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.title,
                choices=[(level.position, level.title) for level in criterion.levels.all()],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=chosen.get(criterion.pk),
            )
        if grading:
            self.initial |= {"text": grading.text, "version": grading.version}

    def rows(self):
        """Yield each criterion with its bound field and its levels."""
        for criterion in self.criteria:
            yield criterion, self[f"criterion-{criterion.pk}"], criterion.levels.all()

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

    def levels(self) -> dict[Criterion, Level]:
        """Return the chosen levels by criterion; criteria without one are left out."""
        chosen = {}
        for criterion in self.criteria:
            position = self.cleaned_data[f"criterion-{criterion.pk}"]
            if position is not None:
                chosen[criterion] = next(
                    level for level in criterion.levels.all() if level.position == position
                )
        return chosen
