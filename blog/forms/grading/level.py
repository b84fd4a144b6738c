"""A submission by a script of one change: one level, or one part of a grading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.grading.record_fields import (
    MAX_NOTE_CHARS,
    MAX_REASON_CHARS,
    hundredths,
    points_field,
)
from blog.forms.key_field import KeyField
from blog.forms.textarea import Textarea
from blog.models import Grading, GradingPart, stored_reason
from blog.text import MAX_COMMENT_CHARS


class LevelForm(forms.Form):
    """A level of a criterion by its position, and what the page has shown.

    ``seen`` is the version of the score, 0 for none; ``version`` that of the grading.
    """

    criterion = KeyField()
    level = KeyField()
    seen = KeyField(min_value=0)
    version = forms.CharField(required=False, max_length=30)
    revision = KeyField(required=False)


class TypedForm(forms.Form):
    """One part of a grading as it is typed, and what the page has shown of it: ``seen``."""

    part = forms.ChoiceField(choices=GradingPart)
    text = forms.CharField(
        label=_("Feedback"), required=False, max_length=MAX_COMMENT_CHARS, widget=Textarea
    )
    private_note = forms.CharField(required=False, max_length=MAX_NOTE_CHARS, widget=Textarea)
    status = forms.ChoiceField(required=False, choices=Grading.Status)
    override_points = points_field()
    override_reason = forms.CharField(required=False, max_length=MAX_REASON_CHARS)
    seen = forms.CharField(required=False, max_length=30)
    version = forms.CharField(required=False, max_length=30)
    revision = KeyField(required=False)

    def clean_override_reason(self) -> str:
        return stored_reason(self.cleaned_data["override_reason"])

    def values_of_part(self) -> tuple[GradingPart, dict[str, object]]:
        """Return the part and its fields as a Grading has them."""
        data, part = self.cleaned_data, GradingPart(self.cleaned_data["part"])
        points = data["override_points"]
        fields = {
            **data,
            "status": data["status"] or Grading.Status.GRADED.value,
            "override_hundredths": hundredths(points),
        }
        return part, {name: fields[name] for name in part.fields}
