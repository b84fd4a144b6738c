"""The fields of one criterion in the form of a rubric."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundField


@dataclass(frozen=True)
class CriterionFields:
    """The fields of a criterion, and those of each of its levels: name, points and text."""

    place: int
    title: BoundField
    about: BoundField
    weight: BoundField
    row: BoundField
    levels: list[tuple[BoundField, BoundField, BoundField]]

    @property
    def has_errors(self) -> bool:
        fields = [
            self.title,
            self.about,
            self.weight,
            *(one for level in self.levels for one in level),
        ]
        return any(field.errors for field in fields)

    @property
    def highest_points(self) -> Decimal | None:
        """Return the most points that the criterion adds to a grade, as submitted, or None."""
        numbers = [_number(points) for _title, points, _text in self.levels]
        weight = _number(self.weight) if self.weight.value() not in (None, "") else Decimal(1)
        if weight is None or any(number is None for number in numbers) or not numbers:
            return None
        return max(number for number in numbers if number is not None) * weight


def _number(field: BoundField) -> Decimal | None:
    """Return the number in a field as it is typed, None for none."""
    try:
        return field.field.to_python(field.value())
    except forms.ValidationError:
        return None
