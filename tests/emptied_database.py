"""Empty the database after a test that commits, but for what Django itself has written.

Django deletes the names of all models and the permissions too, and makes the same ones again: more
than the rest of it takes. No test changes them.

On SQLite a flush deletes row by row, so the triggers that refuse to delete the history of grades
(ADR 0033) are away meanwhile. PostgreSQL truncates.
"""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush

KEPT = {ContentType._meta.db_table, Permission._meta.db_table}


def keep_permissions(patch) -> None:
    """Let the command ``flush`` leave permissions and the names of models as they are."""
    patch.setattr(flush, "sql_flush", _statements)
    patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **kwargs: None)


def _statements(style, connection, **options):
    existing = connection.introspection.django_table_names(only_existing=True, include_views=False)
    flushed = connection.ops.sql_flush(style, sorted(set(existing) - KEPT), **options)
    refusing = _triggers_of_sqlite(connection)
    drops = [f"DROP TRIGGER {name}" for name in refusing]
    return [*drops, *flushed, *refusing.values()]


def _triggers_of_sqlite(connection) -> dict[str, str]:
    """Return the triggers that refuse to delete rows, by name, with what creates them."""
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'trigger' AND sql LIKE '%%BEFORE DELETE%%'"
        )
        return dict(cursor.fetchall())
