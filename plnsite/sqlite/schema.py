"""Changes of tables in SQLite: no key is given twice.

SQLite keeps the last key of a table beside it. Many changes make the table anew, as Django does
them, and then the last key is the greatest one that is still there: the key of a row that is gone
would come again, and a link in a mail that was signed for that row would lead to another.
"""

from typing import Any

from django.db.backends.sqlite3 import schema


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    def _remake_table(self, model: Any, *args: Any, **kwargs: Any) -> None:
        table = model._meta.db_table
        last = None if self.collect_sql else self._last_key(table)
        super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]
        if last is not None and last != self._last_key(table):
            self.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            self.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])

    def _last_key(self, table: str) -> int | None:
        """Return the last key that a table gave, or None for one that gives none."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")
            if cursor.fetchone() is None:
                return None
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            return next((key for (key,) in cursor.fetchall()), None)
