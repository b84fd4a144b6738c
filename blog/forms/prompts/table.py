"""The table in which many prompts are changed at once.

Each row comes back with the values that its page showed (``seen``). A field that nobody touched on
the page follows what is saved now; one that was changed here and elsewhere is a clash: nothing is
saved, both values are shown, and the next save means the one in the field.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from blog.forms.prompts.dates import clock_change, date_errors, year_error
from blog.forms.prompts.prompt import audience_choices
from blog.models import Course, Prompt, Rubric
from blog.models.prompt_dates import DATES
from blog.queries.prompt_table import PromptUse
from blog.web.idempotency import IdempotencyKeyField

MAX_DAYS = 730
LABELS = {
    "opens_at": gettext_lazy("opens"),
    "due_at": gettext_lazy("due"),
    "comments_due_at": gettext_lazy("comments by"),
    "widest_audience": gettext_lazy("audience"),
    "rubric": gettext_lazy("rubric"),
    "late_posts": gettext_lazy("late posts"),
}


@dataclass
class Cell:
    """One field of a row: its value as the page holds it, and what is saved."""

    name: str
    html_name: str
    label: str
    value: str
    stored: str
    choices: list[tuple[str, str]]
    is_clash: bool = False
    error: str = ""

    @property
    def short_label(self) -> str:
        """Return the head of its column, which a phone shows beside the field."""
        return capfirst(str(LABELS[self.name]))

    @property
    def is_date(self) -> bool:
        return self.name in DATES

    @property
    def is_changed(self) -> bool:
        return self.value != self.stored

    @property
    def stored_words(self) -> str:
        """Return the saved value in words."""
        if self.is_date and not self.stored:
            return _("no date")
        if self.is_date:
            return date_format(date.fromisoformat(self.stored), "D j M Y")
        return dict(self.choices).get(self.stored, "")


class Row:
    """A prompt in the table, with its cells by name; ``is_chosen`` says that its box is ticked."""

    def __init__(
        self, use: PromptUse, choices: Mapping[str, list], data: Mapping[str, str] | None
    ) -> None:
        self.use, self.prompt = use, use.prompt
        self.prefix = f"p{use.prompt.pk}"
        self.stored = values_of(use.prompt)
        names = [name for name in LABELS if name != "rubric" or not use.is_graded]
        self.cells = {name: self._cell(name, choices.get(name, []), data) for name in names}

    def _cell(self, name: str, choices: list, data: Mapping[str, str] | None) -> Cell:
        html_name, stored = f"{self.prefix}-{name}", self.stored[name]
        seen = _seen(data.get(f"{self.prefix}-seen", "") if data else "").get(name, stored)
        sent = data.get(html_name, seen) if data else stored
        value = stored if sent == seen else sent
        label = f"{self.prompt.title}: {LABELS[name]}"
        is_clash = value not in (stored, seen) and seen != stored
        return Cell(name, html_name, label, value, stored, choices, is_clash)

    @property
    def seen(self) -> str:
        """Return the values that the page shows as saved, for the next submission."""
        return json.dumps(self.stored)

    @property
    def changed(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.is_changed]

    @property
    def has_dates(self) -> bool:
        """Return whether it has dates, or is given any: a draft may have none."""
        return self.prompt.has_dates or any(self.cells[name].value for name in DATES)

    @property
    def has_error(self) -> bool:
        return any(cell.error or cell.is_clash for cell in self.cells.values())

    def shift(self, days: int) -> None:
        """Move the dates on the page by some days; one that is no date stays as it is typed."""
        for name in DATES:
            cell = self.cells[name]
            day = _day(cell.value)
            if day is not None and not year_error(day):
                cell.value = (day + timedelta(days=days)).isoformat()

    def check(self) -> None:
        """Report the errors at each cell."""
        moments: dict[str, datetime | None] = dict.fromkeys(DATES)
        for name in DATES if self.has_dates else ():
            moments[name], self.cells[name].error = self._moment(self.cells[name])
        changed = [cell.name for cell in self.changed]
        for name, message in date_errors(self.prompt.course, moments, changed).items():
            self.cells[name].error = self.cells[name].error or message
        for cell in self.cells.values():
            if not cell.is_date and cell.value not in dict(cell.choices):
                cell.error = _("Choose one from the list.")
        opens = moments["opens_at"]
        if self.prompt.is_open and opens and opens > timezone.now() and self.use.begun:
            self.cells["opens_at"].error = _(
                "Someone has started a post for this prompt, so it stays open."
            )

    def _moment(self, cell: Cell) -> tuple[datetime | None, str]:
        """Return the stored clock time on the day of a cell, or the error in it."""
        day = _day(cell.value)
        if day is None:
            return None, _("Enter a date.")
        if message := year_error(day):
            return None, message
        before = timezone.localtime(getattr(self.prompt, cell.name))
        if day == before.date():
            return getattr(self.prompt, cell.name), ""
        clock_time = datetime.combine(day, before.time())
        if message := clock_change(clock_time):
            return None, message
        return timezone.make_aware(clock_time), ""

    def result(self) -> Prompt:
        """Return the prompt with the values of its cells, which are checked."""
        self.prompt.has_dates = self.has_dates
        for cell in self.changed:
            if cell.is_date:
                moment, _error = self._moment(cell)
                setattr(self.prompt, cell.name, moment)
            elif cell.name == "rubric":
                self.prompt.rubric_id = int(cell.value) if cell.value else None
            elif cell.name == "widest_audience":
                self.prompt.widest_audience = int(cell.value) if cell.value else None
            else:
                setattr(self.prompt, cell.name, cell.value)
        return self.prompt


class PromptTable:
    """All rows of a course, as they are saved or as they were sent."""

    def __init__(
        self, course: Course, uses: Sequence[PromptUse], data: Mapping[str, str] | None = None
    ) -> None:
        choices = {
            "widest_audience": [(str(value), str(label)) for value, label in _audiences(course)],
            "rubric": [
                ("", pgettext("rubric", "none")),
                *((str(one.pk), one.title) for one in _rubrics(course, uses)),
            ],
            "late_posts": [
                ("accept", _("Accept")),
                ("late", _("Show as late")),
                ("close", _("Close")),
            ],
        }
        self.rows = [Row(use, choices, data) for use in uses]
        chosen = set(data.getlist("chosen")) if data is not None else set()  # type: ignore[attr-defined]
        for row in self.rows:
            row.is_chosen = str(row.prompt.pk) in chosen
        self.refused = ""

    @property
    def chosen(self) -> list[Row]:
        return [row for row in self.rows if row.is_chosen]

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.changed]

    @property
    def change_count(self) -> int:
        return sum(len(row.changed) for row in self.rows)

    @property
    def clash_count(self) -> int:
        return sum(cell.is_clash for row in self.rows for cell in row.cells.values())

    @property
    def error_count(self) -> int:
        return sum(bool(cell.error) for row in self.rows for cell in row.cells.values())

    def is_valid(self) -> bool:
        """Check the changed rows, and say whether all of them can be saved."""
        for row in self.changed:
            row.check()
        return not any(row.has_error for row in self.rows)


class DaysForm(forms.Form):
    """The number of days to move the chosen rows by; negative for earlier ones."""

    days = forms.IntegerField(min_value=-MAX_DAYS, max_value=MAX_DAYS)


class CopyForm(forms.Form):
    """The key of a page with the table: its button copies once, however often it is sent."""

    key = IdempotencyKeyField()


def values_of(prompt: Prompt) -> dict[str, str]:
    """Return the values of a prompt as the page holds them; dates in the active zone."""
    days = dict.fromkeys(DATES, "")
    if prompt.has_dates:
        days = {
            name: timezone.localtime(getattr(prompt, name)).date().isoformat() for name in DATES
        }
    audience = "" if prompt.widest_audience is None else str(prompt.widest_audience)
    rubric = str(prompt.rubric_id or "")
    return {
        **days,
        "widest_audience": audience,
        "rubric": rubric,
        "late_posts": prompt.late_posts,
    }


def _audiences(course: Course) -> list[tuple[int | str, str]]:
    """Return the audiences that a prompt can have, with a short name for none of its own."""
    return [("", _("No limit")), *audience_choices(course)[1:]]


def _rubrics(course: Course, uses: Sequence[PromptUse]) -> list[Rubric]:
    """Return the rubrics that are offered, and those that the prompts have already."""
    had = {use.prompt.rubric_id for use in uses}
    rubrics = Rubric.objects.filter(course=course)
    return [one for one in rubrics if one.archived_at is None or one.pk in had]


def _seen(text: str) -> dict[str, str]:
    """Return the values that a page showed; none for what is no such list."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
