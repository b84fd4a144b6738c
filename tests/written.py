"""What a request or an action wrote: seen by looking twice, and undone for the next one."""

from contextlib import contextmanager

from django.db import connection, transaction


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


def rows_written() -> int | None:
    """Return how many rows were ever written here, undone ones too; None where nobody counts."""
    connection.ensure_connection()
    return connection.connection.total_changes if connection.vendor == "sqlite" else None


def stands_as(before, since: int | None, look) -> bool:
    """Say whether a look at the database finds what it found before.

    To look takes longer than what is tried in between, so where ``rows_written`` still is what it
    was at that time, no look is needed.
    """
    return (since is not None and rows_written() == since) or look() == before


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
