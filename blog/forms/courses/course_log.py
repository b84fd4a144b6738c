"""Filters of the log of a course."""

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
        """Return the group, or none where the address names an unknown one."""
        return self.cleaned_data["group"] if self.is_valid() else ""
