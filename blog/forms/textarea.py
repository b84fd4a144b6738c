"""The box for words of several lines."""

from django import forms


class Textarea(forms.Textarea):
    """A box whose lines end in one sign, as the browser that counts them has them.

    Browsers send two for each, so whoever may write 600 would be refused with 590 and 12 lines.
    """

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
