"""The status of a page that shows forms."""

from django import forms

CONFLICT, UNPROCESSABLE = 409, 422


def status_of(*sent: forms.BaseForm) -> int:
    """Return 409 if one was saved somewhere else meanwhile, 422 if one has errors, else 200."""
    if any(getattr(form, "is_stale", False) for form in sent):
        return CONFLICT
    return UNPROCESSABLE if any(form.errors for form in sent) else 200
