"""A field for points and weights, as people write them."""

from decimal import ROUND_HALF_UP, Decimal

from django import forms

CENT = Decimal("0.01")


def plain_number(number: Decimal) -> str:
    """Return a number as somebody would type it: without zeros at its end and without powers."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal) -> Decimal:
    """Return a number in whole hundredths."""
    return number.quantize(CENT, rounding=ROUND_HALF_UP)


class PointsField(forms.DecimalField):
    """A number with up to two decimals, behind a point or a comma."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(decimal_places=2, min_value=0, widget=widget, **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        return plain_number(value) if isinstance(value, Decimal) else value
