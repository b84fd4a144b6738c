"""Migrations on SQLite: a table that is made anew gives no key again."""

from typing import Any

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

from plnsite.sqlite.last_keys import last_key_kept


class SchemaEditor(DatabaseSchemaEditor):
    def _remake_table(self, model: Any, *args: Any, **changes: Any) -> None:
        with last_key_kept(self, model._meta.db_table):
            super()._remake_table(model, *args, **changes)  # type: ignore[misc]
