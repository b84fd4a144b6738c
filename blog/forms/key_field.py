"""Fields of rows' keys, and of other numbers that a page sends back."""

from django import forms

from blog.web.keys import read_key

# What the database holds. A number beyond it is refused by its driver and not by the form.
MAX_KEY = 2**63 - 1


class KeyField(forms.IntegerField):
    """A key of a row, or a version that it has; no number that no row can have."""

    def __init__(self, *, min_value: int = 1, **kwargs):
        super().__init__(min_value=min_value, max_value=MAX_KEY, **kwargs)


class RowsField(forms.ModelMultipleChoiceField):
    """Some rows by their keys; what can be no key is no choice, before the database is asked."""

    def _check_values(self, value):
        for key in value:
            if read_key(str(key)) is None:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return super()._check_values(value)
