"""Writes of a request or an action: seen by looking twice, and undone for the next one."""

from contextlib import contextmanager

from django.db import connection, transaction

ROWS_WRITTEN = """
    SELECT COALESCE(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables
    WHERE relname NOT IN ('django_session', 'cache')
"""


@contextmanager
def kept(django_db_blocker):
    """Keep what a fixture writes for the tests of a module, or of a run, and undo it after them.

    Each test still undoes what it writes itself, so none may commit.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def undone():
    """Run a block and undo what it wrote, so that each role meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_written() -> int:
    """Return how many rows were ever written here, undone ones too; on PostgreSQL not sessions."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return connection.connection.total_changes
    with connection.cursor() as cursor:  # of the transaction of a test, which has what it undid
        cursor.execute(ROWS_WRITTEN)
        return cursor.fetchone()[0]


def stands_as(before, since: int, look) -> bool:
    """Return whether the database has the rows that it had before.

    To look takes longer than what is tried in between, so where ``rows_written`` still is what it
    was at that time, no look is needed.
    """
    return rows_written() == since or look() == before


def snapshot():
    """Return how the database stands, sessions, limits and the dates of sign-ins left out."""
    tables = set(connection.introspection.table_names()) - {"django_session", "cache"}
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            rows[table] = sorted(
                repr([one for name, one in zip(names, row, strict=True) if name != "last_login"])
                for row in cursor.fetchall()
            )
    return rows
