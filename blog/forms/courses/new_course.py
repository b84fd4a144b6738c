"""The forms that open a course: from nothing, from a set-up, and the file of one."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.courses.course import CourseForm, NewCourseForm
from blog.forms.courses.setup_rows import SetupField, SetupRows, Term
from blog.forms.courses.setup_words import refusal_words
from blog.forms.prompts.dates import DayField
from blog.setup_files import MAX_BYTES, Setup, SetupFile, SetupRefused, read_setup
from blog.text.lists import comma_list

COPIED = ("title", "about", "time_zone", "default_audience", "widest_audience", "guest_comments")


class CourseFields(CourseForm.Meta):
    """The settings that a set-up brings along."""

    fields = [*CourseForm.Meta.fields, "guest_comments"]


class CopiedCourseForm(NewCourseForm):
    """The settings of a new course that begins with a set-up; the next page shows what is made."""

    setup = SetupField()

    class Meta(CourseFields):
        pass

    def __init__(self, *args, offered: Setup, initial: dict | None = None, **kwargs):
        # The zone of a course is offered, also if it is none of those that people choose from.
        initial = {"time_zone": offered.settings["time_zone"]} | (initial or {})
        super().__init__(*args, initial=initial, **kwargs)
        self.offered = offered
        self.fields["setup"].initial = offered


class NewCourseFromSetupForm(SetupRows, NewCourseForm):
    """The preview of a new course: its settings, and each part of the set-up.

    ``shown_until`` is the last day by which the page left prompts out.
    """

    shown_until = DayField(required=False, widget=forms.HiddenInput)

    class Meta(CourseFields):
        pass

    def __init__(self, *args, offered: Setup, initial: dict | None = None, **kwargs):
        initial = {"time_zone": offered.settings["time_zone"]} | (initial or {})
        initial = {"shown_until": initial.get("ends_on")} | initial
        super().__init__(*args, offered=offered, initial=initial, **kwargs)

    def clean(self):
        """Ask again where the last day is now late enough for prompts that the page left out."""
        data = super().clean()
        data = self.cleaned_data if data is None else data
        shown, last = data.get("shown_until"), data.get("ends_on")
        if shown and last and last > shown:
            self._take_what_fits(shown, last)
        return data

    def _take_what_fits(self, shown: date, last: date) -> None:
        fitting = {
            f"prompt-{number}": prompt.title
            for number, prompt in enumerate(self.offered.prompts, start=1)
            if shown < prompt.values["opens_at"].date() <= last
            and not self.cleaned_data.get(f"prompt-{number}")
        }
        if not fitting:
            return
        self.data = self.data.copy()
        for name, value in {**dict.fromkeys(fitting, "on"), "shown_until": str(last)}.items():
            self.data[name] = value
        message = _(
            "These prompts fit the new last day and are ticked now: %(titles)s. Check them."
        )
        self.add_error(None, message % {"titles": comma_list(fitting.values())})

    def term(self, data: Mapping[str, Any]) -> Term | None:
        if not all(data.get(name) for name in ("starts_on", "ends_on", "time_zone")):
            return None
        return Term(data["starts_on"], data["ends_on"], ZoneInfo(data["time_zone"]))

    @property
    def course_fields(self) -> dict:
        """Return the arguments of ``create_course_from``."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    @property
    def settings_fields(self) -> list:
        """Return the fields of the settings, for the template."""
        return [self[name] for name in self._meta.fields]

    @property
    def has_refused_settings(self) -> bool:
        return any(name in self.errors for name in self._meta.fields)


def first_values(setup: Setup, *, today: date, titled: bool = True) -> dict[str, Any]:
    """Return the initial values of the form of a new course; past days are left to be typed."""
    values = {name: setup.settings[name] for name in COPIED}
    if not titled:
        del values["title"]
    if setup.settings["ends_on"] >= today:
        values |= {name: setup.settings[name] for name in ("starts_on", "ends_on")}
    return values


class SetupFileForm(forms.Form):
    """A file; ``found`` of a valid form is what it holds."""

    file = forms.FileField(
        label=_("Set-up file"),
        help_text=_("A JSON file, downloaded in the settings of a course."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    found: SetupFile

    def clean_file(self):
        file = self.cleaned_data["file"]
        # One byte more tells that it is too large, without reading the rest.
        data = file.read(MAX_BYTES + 1)
        try:
            self.found = read_setup(data)
        except SetupRefused as refusal:
            raise forms.ValidationError(refusal_words(refusal)) from refusal
        return file
