"""Filters of the log of a course."""

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_KEY_DIGITS = 18


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


def read_key(value: str | None) -> int | None:
    """Return the key of an event out of an address, None for what cannot be one."""
    is_key = value and len(value) <= MAX_KEY_DIGITS and value.isascii() and value.isdecimal()
    return int(value) if value and is_key else None
