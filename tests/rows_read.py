"""Count the rows that a piece of code reads from the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db import connection
from django.db.backends.utils import CursorWrapper


class RowCount:
    rows = 0


@contextmanager
def counting_rows() -> Iterator[RowCount]:
    """Yield a count that grows with each row that is fetched within the block."""
    count = RowCount()

    class CountingCursor(CursorWrapper):
        def fetchone(self):
            row = self.cursor.fetchone()
            count.rows += row is not None
            return row

        def fetchmany(self, *args, **kwargs):
            return self._counted(self.cursor.fetchmany(*args, **kwargs))

        def fetchall(self):
            return self._counted(self.cursor.fetchall())

        def _counted(self, rows):
            count.rows += len(rows)
            return rows

    def make_cursor(cursor):
        return CountingCursor(cursor, connection)

    with (
        patch.object(connection, "make_cursor", make_cursor),
        patch.object(connection, "make_debug_cursor", make_cursor),
    ):
        yield count
