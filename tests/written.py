"""What a request or an action wrote: seen by looking twice, and undone for the next one."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def undone():
    """Run a block and undo what it wrote, so that each role meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def snapshot():
    """Return how the database stands, sessions and the limits of the cache left out."""
    tables = set(connection.introspection.table_names()) - {"django_session", "cache"}
    with connection.cursor() as cursor:
        rows = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    rows["blog_user"] = len(rows["blog_user"])  # force_login dates the last login
    return rows
