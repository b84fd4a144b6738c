"""Change the rows that are due, and write nothing where there are none.

A tick runs each minute. On SQLite even a DELETE that finds no row waits for its turn to write, and
has everybody else wait for it.
"""

from django.db.models import QuerySet


def delete_due(rows: QuerySet) -> int:
    """Delete some rows; return the number of all that went with them."""
    return rows.delete()[0] if rows.exists() else 0


def update_due(rows: QuerySet, **values) -> int:
    """Update some rows; return their number."""
    return rows.update(**values) if rows.exists() else 0
