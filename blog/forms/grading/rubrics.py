"""The form of a rubric: its criteria, each with its own levels."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from blog.forms.grading.criterion_fields import CriterionFields
from blog.forms.grading.fixed_rubric import sent_to_used_rubric
from blog.forms.grading.points_field import PointsField
from blog.forms.grading.rubric_changes import Arranged, read_removed, write_removed
from blog.forms.grading.rubric_rows import (
    MIN_LEVELS,
    CriterionRow,
    LevelRow,
    new_criterion,
    read_rows,
    union,
)
from blog.forms.grading.rubric_start import default_levels, stored_rows, with_rows
from blog.forms.textarea import Textarea
from blog.forms.versions import VersionedForm
from blog.models import Rubric
from blog.queries.rubric_words import (
    CriterionContent,
    LevelContent,
    is_used,
    released_with_new_words,
)
from blog.web.idempotency import IdempotencyKeyField


class RubricForm(VersionedForm):
    """Criteria, each with two to seven levels that have points and a description.

    The data says how many there are: a button of the page that changes this sends the form to
    ``rubric_arrange``, which shows it again as ``is_arranged``, unchecked and with nothing saved.
    Once the rubric has been used for grading, only its words can change. ``refused`` has what was
    typed into fields that the page had before that, each as a name and a text. New words that
    students read in released grades are asked for first: ``released`` is the number of those.
    """

    # A page that lacks a field which another has saved since showed nothing in its place.
    shows_blank_for_missing = True

    class Meta:
        model = Rubric
        fields = ["title"]

    def __init__(
        self,
        data=None,
        *args,
        course,
        rows: list[CriterionRow] | None = None,
        arrangement: Arranged | None = None,
        **kwargs,
    ):
        super().__init__(data, *args, **kwargs)
        self.instance.course = course
        self.is_used = is_used(self.instance)
        self.arrangement = arrangement
        self.refused: list[tuple[str, str]] = []
        self.released = 0
        stored = stored_rows(self.instance) if self.instance.pk else []
        shape = first = stored or rows or [new_criterion([], default_levels())]
        if self.is_bound:
            shape, first = self._sent_shape(stored), stored
        for place, row in enumerate(shape, start=1):
            start = first[place - 1] if place <= len(first) else CriterionRow()
            self._add_criterion(place, len(row.levels), start)
        if arrangement and arrangement.focus in self.fields:
            self.fields[arrangement.focus].widget.attrs["autofocus"] = True
        for fixed in (field for field in self.fields.values() if field.disabled):
            fixed.widget.attrs["aria-describedby"] = "fixed"

    def _sent_shape(self, stored: list[CriterionRow]) -> list[CriterionRow]:
        """Return the criteria for which the form has fields, by what it was sent with."""
        if self.is_used:
            sent = sent_to_used_rubric(self.data, stored)
            self.refused = sent.refused
            self.data = with_rows(self.data, sent.rows)
            return stored
        rows = read_rows(self.data)
        is_current = self.data.get("version", "") == self.stored_version
        return rows if is_current or self.arrangement else union(rows, stored)

    def _add_criterion(self, place: int, levels: int, start: CriterionRow) -> None:
        self.fields[f"criterion-{place}"] = forms.CharField(
            label=_("What you look for"), max_length=120, required=False, initial=start.criterion
        )
        self.fields[f"weight-{place}"] = PointsField(
            label=_("Weight"),
            max_value=100,
            required=False,
            initial=start.weight,
            disabled=self.is_used,
        )
        self.fields[f"about-{place}"] = forms.CharField(
            label=_("Description"),
            max_length=600,
            required=False,
            initial=start.about,
            widget=Textarea(attrs={"rows": 1}),
        )
        self.fields[f"row-{place}"] = forms.CharField(
            required=False, initial=start.row, widget=forms.HiddenInput
        )
        for number in range(1, levels + 1):
            has_start = number <= len(start.levels)
            self._add_level(place, number, start.levels[number - 1] if has_start else LevelRow())

    def _add_level(self, place: int, number: int, start: LevelRow) -> None:
        names = {"number": number}
        self.fields[f"level-{place}-{number}"] = forms.CharField(
            label=_("Level %(number)d") % names, max_length=60, required=False, initial=start.level
        )
        self.fields[f"points-{place}-{number}"] = PointsField(
            label=_("Points"),
            max_value=1000,
            required=False,
            initial=start.points,
            disabled=self.is_used,
        )
        self.fields[f"text-{place}-{number}"] = forms.CharField(
            label=_("What level %(number)d means") % names,
            max_length=600,
            required=False,
            initial=start.text,
            widget=Textarea(attrs={"rows": 2}),
        )

    def _get_validation_exclusions(self):
        # The form sets the course, and the title must be unique in it.
        return super()._get_validation_exclusions() - {"course"}

    @property
    def errors(self):
        return ErrorDict() if self.arrangement else super().errors

    def rows(self) -> Iterator[CriterionFields]:
        """Yield the fields of each criterion."""
        for place in self._places():
            yield CriterionFields(
                place=place,
                title=self[f"criterion-{place}"],
                about=self[f"about-{place}"],
                weight=self[f"weight-{place}"],
                row=self[f"row-{place}"],
                levels=[
                    (
                        self[f"level-{place}-{number}"],
                        self[f"points-{place}-{number}"],
                        self[f"text-{place}-{number}"],
                    )
                    for number in self._numbers(place)
                ],
            )

    def _places(self) -> list[int]:
        names = (name.partition("-") for name in self.fields)
        return [int(place) for kind, _dash, place in names if kind == "criterion"]

    def _numbers(self, place: int) -> range:
        start = f"level-{place}-"
        return range(1, 1 + sum(name.startswith(start) for name in self.fields))

    @property
    def open_place(self) -> int:
        """Return the place of the open criterion: one with an error, or that a button was for."""
        wrong = next((row.place for row in self.rows() if row.has_errors), 0)
        chosen = self.arrangement.place if self.arrangement else int(self.instance.pk is None)
        return wrong or chosen

    @property
    def removed(self) -> str:
        """Return the removed criteria that can come back, as the hidden field holds them."""
        return write_removed(read_removed(self.data.get("removed", "")))

    def highest_points(self) -> Decimal | None:
        """Return the sum of the criteria as typed, None where a number is missing or is none."""
        points = [row.highest_points for row in self.rows()]
        return None if None in points else sum(points, start=Decimal(0))

    def clean(self):
        data = super().clean()
        if self.refused:
            self.add_error(None, _refusal())
        rows = [row for row in self.rows() if not self._is_empty(row)]
        for row in rows:
            self._check(row)
        if not rows:
            # Without any row that was sent there is no field to say it at.
            at = "criterion-1" if "criterion-1" in self.fields else None
            self.add_error(at, _("Add at least one criterion."))
        if self.is_used and not self.errors:
            self.released = released_with_new_words(self.instance, self.contents()).count()
        return data

    def _check(self, row: CriterionFields) -> None:
        """Check that a criterion has a name, and levels with names and with points that rise."""
        if not self._value(row.title):
            self.add_error(row.title.name, _("Write what you look for."))
        levels = self._levels(row)
        if len(levels) < MIN_LEVELS:
            first = row.levels[0][0] if row.levels else row.title
            self.add_error(first.name, _("A criterion needs at least two levels."))
        for title, points, _text in levels:
            if not self._value(title):
                self.add_error(title.name, _("Give this level a name."))
            if self._value(points) is None and not self._has_error(points):
                self.add_error(points.name, _("Give this level points."))
        numbers = [self._value(points) for _title, points, _text in levels]
        if None not in numbers and numbers != sorted(numbers):
            message = _("Points must not go down from one level to the next.")
            self.add_error(levels[0][1].name, message)

    def _has_error(self, field: BoundField) -> bool:
        return field.name in self._errors

    def _value(self, field: BoundField):
        return self.cleaned_data.get(field.name)

    def _levels(self, row: CriterionFields):
        """Return the fields of the levels in which something is written."""
        return [
            level
            for level in row.levels
            if any(
                self._value(field) not in (None, "") or self._has_error(field) for field in level
            )
        ]

    def _is_empty(self, row: CriterionFields) -> bool:
        """Return whether a criterion is left out; of a used rubric none can be."""
        texts = [row.title, row.about, *(text for _title, _points, text in row.levels)]
        return not self.is_used and not any(
            self._value(text) or self._has_error(text) for text in texts
        )

    @property
    def asks(self) -> bool:
        """Return whether to tell the person how many released grades show the new words."""
        is_sound = self.is_bound and not self.errors and not self.is_stale
        return is_sound and self.released > 0 and self.data.get("asked") != str(self.released)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.asks

    def contents(self) -> list[CriterionContent]:
        """Return the criteria of a valid form; blank criteria and levels are left out."""
        return [
            CriterionContent(
                title=self._value(row.title),
                description=self._value(row.about),
                weight_hundredths=_hundredths(self._value(row.weight), default=100),
                levels=tuple(
                    LevelContent(
                        title=self._value(title),
                        description=self._value(text),
                        hundredths=_hundredths(self._value(points)),
                    )
                    for title, points, text in self._levels(row)
                ),
            )
            for row in self.rows()
            if not self._is_empty(row)
        ]


class NewRubricForm(RubricForm):
    key = IdempotencyKeyField()


def _refusal() -> str:
    return _(
        "Someone has graded with this rubric while this page was open, so criteria "
        "and points can no longer change. What you typed for them is below, to copy. "
        "Save again to save the words."
    )


def _hundredths(number: Decimal | None, default: int = 0) -> int:
    return default if number is None else int(number * 100)
