"""Which events of the log of a course are shown."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CourseLogForm(forms.Form):
    """A group of events, and where a page of them begins; comes with the address."""

    group = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("exports", _("Exports")),
            ("people", _("People")),
            ("grades", _("Grades")),
            ("moderation", _("Moderation")),
            ("course", _("Course and prompts")),
        ],
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    @property
    def chosen(self) -> str:
        """The group, or none where the address names one that there is not."""
        return self.cleaned_data["group"] if self.is_valid() else ""
