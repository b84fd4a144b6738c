"""Fields of what a grading records beside levels and words: other points, reason, note."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_REASON_CHARS = 300
MAX_NOTE_CHARS = 2000


def points_field() -> forms.DecimalField:
    """Return the field of the points that count instead of those of the levels."""
    return forms.DecimalField(
        label=_("Other points"),
        required=False,
        min_value=0,
        max_value=9999,
        decimal_places=2,
        widget=forms.NumberInput(
            attrs={"class": "form-control", "step": "any", "inputmode": "decimal"}
        ),
    )


def hundredths(points: Decimal | None) -> int | None:
    return None if points is None else int(points * 100)
