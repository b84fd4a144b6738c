"""Empty the database after a test that commits, but for what Django itself has written.

Django deletes the names of all models and the permissions too, and makes the same ones again: more
than the rest of it takes. No test changes them.
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
    return connection.ops.sql_flush(style, sorted(set(existing) - KEPT), **options)
