"""The form of the marking desk: a level for each criterion, and words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Criterion, Grading, Level
from blog.text import MAX_COMMENT_CHARS


class GradingForm(forms.Form):
    """Levels are chosen by their position, so that the digit on the keyboard is the value.

    Levels may stay open while reading is in progress; only a complete reading is released.
    """

    text = forms.CharField(
        label=_("Grading"),
        required=False,
        max_length=MAX_COMMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, criteria: list[Criterion], feedback: Grading | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        scores = feedback.scores.all() if feedback else []
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
        if feedback:
            self.initial |= {"text": feedback.text, "version": feedback.version}

    def rows(self):
        """Yield each criterion with its bound field and its levels, for the template."""
        for criterion in self.criteria:
            yield criterion, self[f"criterion-{criterion.pk}"], criterion.levels.all()

    def levels(self) -> dict[Criterion, Level]:
        """Return the chosen levels by criterion; open criteria are left out."""
        chosen = {}
        for criterion in self.criteria:
            position = self.cleaned_data[f"criterion-{criterion.pk}"]
            if position is not None:
                chosen[criterion] = next(
                    level for level in criterion.levels.all() if level.position == position
                )
        return chosen
