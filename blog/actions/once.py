"""Do a deed once, however often its form arrives."""

from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from blog.models import IdempotencyKey, User


class Claim:
    """What ``once`` hands out: ``result`` is where an earlier run led, or None."""

    def __init__(self, result: str | None = None) -> None:
        self.result = result


@contextmanager
def once(user: User, key: UUID):
    """Claim a form's key for the length of one transaction.

    The first sender inserts the key and stores the address it leads to in the same transaction as
    the deed. A second sender waits for that commit, meets the unique constraint and gets the
    stored address::

        with once(request.user, form.cleaned_data["key"]) as claim:
            if claim.result is None:
                post = create_post(...)
                claim.result = post.get_absolute_url()
        return redirect(claim.result)
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = IdempotencyKey.objects.create(user=user, key=key)
        except IntegrityError:
            yield Claim(IdempotencyKey.objects.get(user=user, key=key).result)
            return
        claim = Claim()
        yield claim
        if claim.result is None:
            row.delete()
        else:
            row.result = claim.result
            row.save(update_fields=["result"])
