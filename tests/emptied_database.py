"""Empty the database after a test that commits, but for what Django itself has written.

Django deletes the names of all models and the permissions too, and makes the same ones again: more
than the rest of it takes. No test changes them. And PostgreSQL makes new files for each table that
it truncates, though a test writes into few of them.
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
    tables = sorted(set(existing) - KEPT)
    if connection.vendor == "postgresql" and may_skip_triggers(connection):
        return _deletions(connection, tables)
    return connection.ops.sql_flush(style, tables, **options)


def _deletions(connection, tables: list[str]) -> list[str]:
    """Return what empties the tables that have rows, whichever of them points to which."""
    names = {table: connection.ops.quote_name(table) for table in tables}
    looks = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})" for table, name in names.items()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        written = [names[table] for (table,) in cursor.fetchall()]
    # As TRUNCATE does, no trigger hears of it: neither those of keys nor ours.
    role = "SET LOCAL session_replication_role = replica"
    return [role, *(f"DELETE FROM {name}" for name in written)] if written else []


def may_skip_triggers(connection) -> bool:
    """Return whether rows can go without a trigger: PostgreSQL lets only its owner disable it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone() == (True,)
