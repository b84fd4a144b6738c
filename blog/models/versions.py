"""Versions of rows that several people change in forms: prompts, works, profiles and so on."""

from django.db import models
from django.db.models import F

from blog.exceptions import StaleVersion


def claim_version(row: models.Model) -> None:
    """Give a row its next version, or raise StaleVersion if it was saved since it was loaded.

    Called inside the transaction that saves the row. The update locks it, so of two saves at the
    same moment the second one waits, and then finds that the version it knows is gone.
    """
    seen = row.version  # type: ignore[attr-defined]
    rows = type(row)._base_manager.filter(pk=row.pk, version=seen)
    if not rows.update(version=F("version") + 1):
        raise StaleVersion(f"{row!r} has been saved since version {seen}")
    row.version = seen + 1  # type: ignore[attr-defined]


def claim_row(row: models.Model, *fields: str, **values) -> bool:
    """Change a row if these fields are as they were read; of two at the same moment, one does.

    What is asked of other tables must have been asked before: Django would put such a condition in
    a subquery, which PostgreSQL does not ask again for the one that waited.
    """
    as_read = {field: getattr(row, field) for field in fields}
    return bool(type(row)._base_manager.filter(pk=row.pk, **as_read).update(**values))


def version_of(row: models.Model) -> str:
    """Return the version of a row with the row it is of, as "5.1": no other row ever has it."""
    return f"{row.pk}.{row.version}"  # type: ignore[attr-defined]
