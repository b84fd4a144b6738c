"""The last key that a table of SQLite gave, restored where a migration remakes the table.

SQLite keeps it beside the table, and it goes with the table: the last key is then the greatest one
that is still there. The key of a row that is gone would come again, and a link in a mail that was
signed for that row would lead to another.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor


@contextmanager
def last_key_kept(editor: DatabaseSchemaEditor, table: str) -> Iterator[None]:
    """Restore the last key of a table after this block, unless its statements are only printed."""
    last = None if editor.collect_sql else _last_key(editor, table)
    yield
    if last is not None and last != _last_key(editor, table):
        editor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        editor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _last_key(editor: DatabaseSchemaEditor, table: str) -> int | None:
    """Return the last key that a table gave, or None for one that gives none."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")
        if cursor.fetchone() is None:
            return None
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        return next((key for (key,) in cursor.fetchall()), None)
