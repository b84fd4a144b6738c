"""Idempotent forms: acted on once, however often they arrive."""

from collections.abc import Callable
from contextlib import contextmanager
from uuid import UUID, uuid4

from django import forms
from django.db import IntegrityError, transaction

from blog.models import IdempotencyKey, User


class IdempotencyKeyField(forms.UUIDField):
    """A hidden key, new for each form that is rendered, the same when it is sent again."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, initial=uuid4, required=True)


class Outcome:
    """What ``idempotent`` yields: ``result`` is that of an earlier request, or None."""

    def __init__(self, result: str | None = None) -> None:
        self.result = result


@contextmanager
def idempotent(user: User, key: UUID, action: str):
    """Claim a form's key for an action on one thing, for the length of one transaction.

    The first request inserts the key and stores the address it redirects to, in the transaction
    of the action itself. A second one waits for that commit, violates the unique constraint and
    gets the stored address::

        with idempotent(request.user, form.cleaned_data["key"], f"post_new {course.pk}") as outcome:
            if outcome.result is None:
                post = create_post(...)
                outcome.result = post.get_absolute_url()
        return redirect(outcome.result)
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = IdempotencyKey.objects.create(user=user, key=key, action=action)
        except IntegrityError:
            row = IdempotencyKey.objects.get(user=user, key=key, action=action)
            yield Outcome(row.result)
            return
        outcome = Outcome()
        yield outcome
        if outcome.result is None:
            row.delete()
        else:
            row.result = outcome.result
            row.save(update_fields=["result"])


def create_once(
    form: forms.BaseForm, action: str, *, by: User, create: Callable[[], str]
) -> str | None:
    """Return the address that a creating form leads to, or None if the form is refused.

    The key is claimed before the form is checked. A second sending is answered as the first one
    was, whatever has become of the name that the first one took; two that arrive together take
    turns. ``create`` is called for a valid form, and returns the address of what it made.
    """
    try:
        key = form.fields["key"].clean(form["key"].data)
    except forms.ValidationError:
        form.is_valid()  # says the same of the key, and what else is wrong
        return None
    with idempotent(by, key, action) as outcome:
        if outcome.result is None and form.is_valid():
            outcome.result = create()
    return outcome.result
