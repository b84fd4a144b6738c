"""Migrations on SQLite: a remade table gives no key twice, though triggers name it."""

from typing import Any

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

from plnsite.sqlite.last_keys import last_key_kept

TRIGGERS = """
SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> %s AND instr(sql, %s) > 0
"""


class SchemaEditor(DatabaseSchemaEditor):
    """A schema editor that remakes a table as Django does, and keeps what belongs to it.

    Its last key: SQLite would give keys of deleted rows again. And triggers of other tables that
    name it, which are taken away meanwhile: SQLite renames no table while one names what is gone.
    A trigger of the table itself goes with it, and its migration has to make it again.
    """

    def _remake_table(self, model: Any, *args: Any, **changes: Any) -> None:
        table = model._meta.db_table
        with self.connection.cursor() as cursor:
            cursor.execute(TRIGGERS, [table, table])
            triggers = cursor.fetchall()
        for name, _sql in triggers:
            self.execute(f"DROP TRIGGER {self.quote_name(name)}")
        with last_key_kept(self, table):
            super()._remake_table(model, *args, **changes)  # type: ignore[misc]
        for _name, sql in triggers:
            self.execute(sql, params=None)
