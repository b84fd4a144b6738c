"""The criteria of the page of the class network: read from its address, saved nowhere."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.prompts.dates import DayField
from network.metrics.comparison import Window
from network.queries.class_figures import ClassRecord
from network.queries.class_page import ClassCriteria, default_windows

MAX_KEY = 2**31


class ClassForm(forms.Form):
    """The week, with or without required comments, by pods or by sections."""

    week = forms.IntegerField(required=False, min_value=1, max_value=MAX_KEY)
    without_required = forms.BooleanField(required=False)
    by = forms.ChoiceField(
        required=False, choices=[("pods", _("Pods")), ("sections", _("Sections"))]
    )
    pod = forms.IntegerField(required=False, min_value=0, max_value=MAX_KEY)

    def criteria(self, record: ClassRecord) -> ClassCriteria:
        """Return the criteria; unreadable ones count as not given."""
        self.is_valid()
        data = self.cleaned_data
        return ClassCriteria(
            week=min(data.get("week") or record.weeks, record.weeks),
            without_required=data.get("without_required", False),
            by_section=data.get("by") == "sections",
            opened=data.get("pod"),
        )


class WindowsForm(forms.Form):
    """Two days, each the last of a window of so many days."""

    DAYS = [("7", _("7 days")), ("14", _("14 days")), ("28", _("28 days"))]

    days = forms.TypedChoiceField(label=_("Compare"), choices=DAYS, coerce=int, initial="14")
    earlier = DayField(
        label=_("up to"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    later = DayField(
        label=_("with as many up to"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data, *, day: date) -> None:
        """Take the values of an address, if there are any; else the last days up to a day."""
        self.day = day
        is_asked = any(name in data for name in ("days", "earlier", "later"))
        before, after = default_windows(day, 14)
        initial = {"earlier": before.last, "later": after.last}
        super().__init__(data if is_asked else None, initial=initial)

    def clean_later(self) -> date:
        later = self.cleaned_data["later"]
        if later > self.day:
            raise forms.ValidationError(_("Choose a day that is not in the future."))
        return later

    def clean(self) -> None:
        data = self.cleaned_data
        if {"days", "earlier", "later"} <= data.keys() and (
            data["earlier"] > data["later"] - timedelta(days=data["days"])
        ):
            self.add_error(
                "earlier", _("The days overlap. Choose an earlier day, or compare fewer days.")
            )

    def windows(self) -> tuple[Window, Window] | None:
        """Return the earlier window and the later one, or None if they cannot be read."""
        if not self.is_bound:
            return default_windows(self.day, 14)
        if not self.is_valid():
            return None
        days = self.cleaned_data["days"]
        earlier, later = (self.cleaned_data[name] for name in ("earlier", "later"))
        return Window.ending(earlier, days), Window.ending(later, days)
