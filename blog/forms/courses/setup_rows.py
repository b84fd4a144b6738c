"""The parts of a set-up to choose, with the dates of its prompts to change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from blog.forms.courses.setup_words import refusal_words
from blog.forms.prompts.dates import MinuteInput, clock_change, year_error
from blog.models import Prompt
from blog.setup_files import (
    MAX_BYTES,
    Setup,
    SetupPrompt,
    SetupRefused,
    SetupRubric,
    read_setup,
    shifted,
    weeks_between,
    write_setup,
)
from blog.setup_files.fields import MOMENTS, PROMPT_RUBRICS


class SetupField(forms.CharField):
    """A whole set-up in a hidden field, so that what was previewed is what is made."""

    # What was read from the largest file may be a little longer as it is written here.
    max_bytes = 2 * MAX_BYTES

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, strip=False)

    def prepare_value(self, value):
        return write_setup(value, compact=True) if isinstance(value, Setup) else value

    def clean(self, value):
        try:
            return read_setup(super().clean(value), max_bytes=self.max_bytes).setup
        except SetupRefused as refusal:
            raise forms.ValidationError(refusal_words(refusal)) from refusal


def offered_setup(data: Mapping[str, Any]) -> Setup | None:
    """Return the set-up that a form was sent with, None for none that can be read."""
    try:
        return SetupField().clean(data.get("setup", ""))
    except forms.ValidationError:
        return None


def moved_to(setup: Setup, first_day: date) -> Setup | None:
    """Return a set-up moved to a term by whole weeks, None if that is beyond its calendar."""
    try:
        moved = shifted(setup, weeks_between(setup.settings["starts_on"], first_day))
    except OverflowError:
        return None
    return offered_setup({"setup": write_setup(moved, compact=True)})


class ClockField(forms.DateTimeField):
    """A time on the clock of a course, whose zone is not the active one here."""

    widget = MinuteInput

    def to_python(self, value):
        with timezone.override(UTC):
            moment = super().to_python(value)
        if message := moment and year_error(moment):
            raise forms.ValidationError(message)
        return moment.replace(tzinfo=None) if moment else None


@dataclass(frozen=True)
class Term:
    """The days of a course and its zone."""

    starts_on: date
    ends_on: date
    zone: tzinfo


@dataclass
class PromptRow:
    """A prompt of the set-up: its fields, and what is worth knowing of its dates."""

    prompt: SetupPrompt
    taken: BoundField
    dates: list[BoundField]
    remarks: list[str] = field(default_factory=list)

    @property
    def requirements(self) -> str:
        return Prompt(**self.prompt.values).requirements


class SetupRows(forms.BaseForm, metaclass=DeclarativeFieldsMetaclass):
    """A form with the parts of a set-up; the class goes before a class of forms among the bases.

    ``chosen`` of a valid form is the set-up without what was left out, with the dates typed.
    """

    setup = SetupField()

    def __init__(self, *args, offered: Setup, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["setup"].initial = offered
        term = self.term(self.initial)
        for number, prompt in enumerate(offered.prompts, start=1):
            self._add_choice(f"prompt-{number}", prompt.title)
            if term is not None and prompt.values["opens_at"].date() > term.ends_on:
                self.initial[f"prompt-{number}"] = False
            for name in MOMENTS:
                label = capfirst(Prompt._meta.get_field(name).verbose_name)
                value = prompt.values[name]
                self.fields[f"prompt-{number}-{name}"] = ClockField(
                    label=label, required=False, initial=value
                )
        for number, rubric in enumerate(offered.rubrics, start=1):
            self._add_choice(f"rubric-{number}", rubric.title)
        for number, norm in enumerate(offered.norms, start=1):
            self._add_choice(f"norm-{number}", norm.name, norm.sentence)

    def _add_choice(self, name: str, label: str, words: str = "") -> None:
        # Words of a file are no help text, which forms print as HTML.
        self.fields[name] = forms.BooleanField(label=label, required=False, initial=True)
        self.fields[name].words = words

    def term(self, data: Mapping[str, Any]) -> Term | None:
        """Return the days and the zone of the course, None where they are wrong."""
        raise NotImplementedError

    @property
    def prompt_rows(self) -> list[PromptRow]:
        rows = []
        for number, prompt in enumerate(self.offered.prompts, start=1):
            dates = [self[f"prompt-{number}-{name}"] for name in MOMENTS]
            rows.append(PromptRow(prompt, self[f"prompt-{number}"], dates))
        term = self.term(self.initial)
        if term is not None and not self.is_bound:  # else the fields say what is wrong
            for row in rows:
                row.remarks = remarks_on(row.prompt.values, term)
        return rows

    @property
    def rubric_rows(self) -> list[tuple[SetupRubric, BoundField]]:
        return [
            (rubric, self[f"rubric-{number}"])
            for number, rubric in enumerate(self.offered.rubrics, start=1)
        ]

    @property
    def norm_rows(self) -> list[BoundField]:
        return [self[f"norm-{number}"] for number, _norm in enumerate(self.offered.norms, start=1)]

    def clean(self):
        data = super().clean()
        data = self.cleaned_data if data is None else data
        term = self.term(data)
        for number, prompt in enumerate(self.offered.prompts, start=1):
            if term is not None and data.get(f"prompt-{number}"):
                self._check_dates(number, prompt, data, term)
        return data

    def _check_dates(
        self, number: int, prompt: SetupPrompt, data: Mapping[str, Any], term: Term
    ) -> None:
        """Report at their fields the errors in the dates of a chosen prompt."""
        dates = self._dates(number, data)
        for name, moment in dates.items():
            at = f"prompt-{number}-{name}"
            if moment is None:
                if at not in self.errors and prompt.values[name] is not None:
                    self.add_error(at, _("Choose a date, or leave this prompt out."))
            elif message := clock_change(moment, term.zone) or _late(moment, term):
                self.add_error(at, message)
        opens, due, comments = (dates[name] for name in ("opens_at", "due_at", "comments_due_at"))
        if opens and due and due <= opens:
            message = _("The due date must be after the prompt opens.")
            self.add_error(f"prompt-{number}-due_at", message)
        if due and comments and comments < due:
            message = _("Comments cannot be due before posts.")
            self.add_error(f"prompt-{number}-comments_due_at", message)

    def _dates(self, number: int, data: Mapping[str, Any]) -> dict[str, datetime | None]:
        return {name: data.get(f"prompt-{number}-{name}") for name in MOMENTS}

    @property
    def chosen(self) -> Setup:
        data, offered = self.cleaned_data, self.offered
        rubrics = _taken(data, "rubric", offered.rubrics)
        titles = {rubric.title for rubric in rubrics}
        prompts = []
        for number, prompt in enumerate(offered.prompts, start=1):
            if data[f"prompt-{number}"]:
                # Its dates were looked at, so it has some.
                values = {**prompt.values, **self._dates(number, data), "has_dates": True}
                named = {name: getattr(prompt, name) for name in PROMPT_RUBRICS}
                kept = {name: title if title in titles else "" for name, title in named.items()}
                prompts.append(replace(prompt, values=values, **kept))
        norms = _taken(data, "norm", offered.norms)
        return replace(offered, rubrics=rubrics, prompts=tuple(prompts), norms=norms)


def _taken(data: Mapping[str, Any], noun: str, parts: tuple) -> tuple:
    return tuple(part for number, part in enumerate(parts, start=1) if data[f"{noun}-{number}"])


def remarks_on(values: Mapping[str, Any], term: Term) -> list[str]:
    """Return the warnings about the dates of a prompt before it is made."""
    remarks = []
    for name in MOMENTS:
        moment = values[name]
        if moment is None:
            continue
        params = {"date": capfirst(Prompt._meta.get_field(name).verbose_name)}
        if problem := clock_change(moment, term.zone):
            remarks.append(problem)
        elif moment.date() > term.ends_on:
            params["day"] = date_format(term.ends_on, "D j M Y")
            remarks.append(_("“%(date)s” is after the last day, %(day)s.") % params)
        elif moment.date() < term.starts_on:
            params["day"] = date_format(term.starts_on, "D j M Y")
            remarks.append(_("“%(date)s” is before the first day, %(day)s.") % params)
    return remarks


def _late(moment: datetime, term: Term) -> str:
    if moment.date() <= term.ends_on:
        return ""
    message = _("The course ends on %(day)s. Choose an earlier date, or leave this prompt out.")
    return message % {"day": date_format(term.ends_on, "D j M Y")}
