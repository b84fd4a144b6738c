"""Idempotent forms: acted on once, however often they arrive."""

import hashlib
import json
from collections.abc import Callable
from contextlib import contextmanager
from typing import cast
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from blog.exceptions import Taken
from blog.models import IdempotencyKey, User


class IdempotencyKeyField(forms.UUIDField):
    """A hidden key, new for each form that is rendered, the same when it is sent again."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, initial=uuid4, required=True)


class Outcome:
    """The result that ``idempotent`` yields: ``result`` is that of an earlier request, or None.

    ``is_other_content`` means that the earlier request brought something else.
    """

    def __init__(self, result: str | None = None, *, is_other_content: bool = False) -> None:
        self.result, self.is_other_content = result, is_other_content

    @classmethod
    def of_row(cls, row: IdempotencyKey, digest: str) -> "Outcome":
        return cls(row.result, is_other_content=row.digest not in {"", digest})


@contextmanager
def idempotent(user: User, key: UUID, action: str, *, digest: str = ""):
    """Claim a form's key for an action on one thing, for the length of one transaction.

    The first request inserts the key and stores the address it redirects to, in the transaction
    of the action itself. A second one waits for that commit, violates the unique constraint and
    gets the stored address::

        with idempotent(request.user, form.cleaned_data["key"], f"post_new {course.pk}") as outcome:
            if outcome.result is None:
                post = create_post(...)
                outcome.result = post.get_absolute_url()
        return redirect(outcome.result)

    ``digest`` is that of the form's content (``content_digest``); without one, whatever arrives
    with the key counts as the same.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = IdempotencyKey.objects.create(
                    user=user, key=key, action=action, digest=digest
                )
        except IntegrityError:
            row = IdempotencyKey.objects.get(user=user, key=key, action=action)
            yield Outcome.of_row(row, digest)
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

    A second sending is answered as the first one was, whatever has become of the name that the
    first one took; two that arrive together take turns. If it brings other content, as when
    somebody goes back and writes on, it is refused: that content is saved nowhere yet. The form is
    checked before its key is claimed, because nobody else can write from then on. ``create`` is
    called for a valid form, and returns the address of what it made; where it raises Taken, the
    form says so at its field.
    """
    try:
        key = form.fields["key"].clean(form["key"].data)
    except forms.ValidationError:
        form.is_valid()  # says the same of the key, and what else is wrong
        return None
    digest, outcome = content_digest(form), None
    if not form.is_valid():
        # The name may be taken by this very form, which arrived before.
        outcome = _earlier_outcome(by, key, action, digest)
        if outcome is None:
            return None
    if outcome is None:
        try:
            with idempotent(by, key, action, digest=digest) as outcome:
                if outcome.result is None:
                    outcome.result = create()
        except Taken as refusal:
            form.add_error(refusal.field, str(refusal))
            return None
    if outcome.is_other_content and outcome.result is not None:
        refuse_other_content(form, outcome.result)
        return None
    return outcome.result


def content_digest(form: forms.BaseForm) -> str:
    """Return a digest of what a form was sent with, but not of its key or of line endings."""
    content = {name: _comparable(form[name].data) for name in form.fields if name != "key"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def refuse_other_content(form: forms.BaseForm, address: str) -> None:
    """Report in a form what its first submission saved and where, and give it a new key."""
    renew_key(form)
    form.add_error(
        None,
        format_html(
            _(
                'You sent this form before, with other content, and <a href="{address}">that is '
                "saved</a>. What you see here is not saved yet. Send it again to save it as well."
            ),
            address=address,
        ),
    )


def renew_key(form: forms.BaseForm) -> None:
    """Give a sent form a new key, so that it can be sent again as another one."""
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("key")] = str(uuid4())
    form.data = data


def _earlier_outcome(user: User, key: UUID, action: str, digest: str) -> Outcome | None:
    row = IdempotencyKey.objects.filter(user=user, key=key, action=action).first()
    return Outcome.of_row(row, digest) if row else None


def _comparable(value):
    """Return a submitted value in a form that is the same at each submission."""
    if isinstance(value, list):
        return [_comparable(one) for one in value]
    if isinstance(value, UploadedFile):
        return hashlib.sha256(b"".join(value.chunks())).hexdigest()
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
