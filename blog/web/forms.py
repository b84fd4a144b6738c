"""Forms as pages show them: the status of a page, and where a refusal is shown."""

from django import forms

CONFLICT, UNPROCESSABLE = 409, 422


def status_of(*sent: forms.BaseForm) -> int:
    """Return 409 if one was saved somewhere else meanwhile, 422 if one has errors, else 200."""
    if any(getattr(form, "is_stale", False) for form in sent):
        return CONFLICT
    return UNPROCESSABLE if any(form.errors for form in sent) else 200


def show_refusal(form: forms.BaseForm, reason: Exception, *, at: str | None = None) -> None:
    """Show why an action refused a form: at the field that it names, else ``at`` one or above."""
    field = getattr(reason, "field", None)
    form.add_error(field if field in form.fields else at, str(reason))
