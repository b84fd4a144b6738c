"""Values that only one row may have: what the database says when two people take one at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from blog.exceptions import Taken


@contextmanager
def unless_taken(row: models.Model, field: str) -> Iterator[None]:
    """Run the block in a transaction, or raise Taken if another row has a row's value of a field.

    A form has looked before, and two that look at once both find the value free: then the
    constraint decides, and the second is refused in the words of the form.
    """
    fields, message = _constraint_on(row, field)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        values = {name: getattr(row, name) for name in fields}
        if not type(row)._default_manager.filter(**values).exclude(pk=row.pk).exists():
            raise
        raise Taken(message, field=field) from error


def _constraint_on(row: models.Model, name: str) -> tuple[tuple[str, ...], str]:
    """Return the fields that are unique together with a field, and the message if they are not."""
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)
    if field.unique:
        return (name,), str(field.error_messages["unique"])
    return next(
        (tuple(constraint.fields), str(constraint.violation_error_message))
        for constraint in row._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields
    )
