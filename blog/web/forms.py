"""The status of a page that shows a form."""

from django import forms

CONFLICT, UNPROCESSABLE = 409, 422


def status_of(form: forms.BaseForm) -> int:
    """Return 409 if the form was saved somewhere else meanwhile, 422 if it has errors, else 200."""
    if getattr(form, "is_stale", False):
        return CONFLICT
    return UNPROCESSABLE if form.errors else 200
