"""The database backend ``plnsite.sqlite``: a writer takes its turn, and gives it back.

A turn begins before the statement that takes SQLite's write lock, BEGIN or one that writes outside
a transaction, and ends when the connection is in no transaction any more, however that came about.
"""

import sqlite3
from functools import partial
from typing import Any

from django.db.backends.sqlite3 import base

from plnsite.sqlite.schema import SchemaEditor
from plnsite.sqlite.write_queue import Turn

# How statements begin that take the write lock. One that begins with WITH is taken to read; if it
# writes, it meets the lock of SQLite, as all did.
WRITING = (
    *("BEGIN", "SAVEPOINT", "INSERT", "UPDATE", "DELETE", "REPLACE"),
    *("CREATE", "ALTER", "DROP", "ANALYZE", "REINDEX", "VACUUM"),
)
VERB_CHARS = max(map(len, WRITING))


class Cursor(base.SQLiteCursorWrapper):
    def __init__(self, connection: sqlite3.Connection, *, database: "DatabaseWrapper"):
        super().__init__(connection)
        self._database = database

    def execute(self, query: str, params: Any = None) -> Any:
        self._database.begin_turn(query)
        try:
            return super().execute(query, params)
        finally:
            self._database.end_turn()

    def executemany(self, query: str, param_list: Any) -> Any:
        self._database.begin_turn(query)
        try:
            return super().executemany(query, param_list)
        finally:
            self._database.end_turn()


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor
    turn: Turn | None = None
    file = ""  # "" for a database in memory, which has no other writers
    timeout = 5.0  # seconds, unless the settings say more

    def get_new_connection(self, conn_params: dict) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        [_number, _name, self.file] = connection.execute("PRAGMA database_list").fetchone()
        self.timeout = conn_params.get("timeout", type(self).timeout)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        return self.connection.cursor(factory=partial(Cursor, database=self))

    def begin_turn(self, query: str) -> None:
        """Wait for a turn, if this statement begins to write; raise what SQLite would raise."""
        if self.turn is not None or not self.file:
            return
        if not query.lstrip()[:VERB_CHARS].upper().startswith(WRITING):
            return
        try:
            self.turn = Turn(self.file, self.timeout)
        except TimeoutError as error:
            raise sqlite3.OperationalError("database is locked") from error
        except OSError as error:
            raise sqlite3.OperationalError("the queue of writers cannot be used") from error

    def end_turn(self) -> None:
        """End the turn of this connection, unless a transaction goes on."""
        if self.turn is not None and not self.connection.in_transaction:
            self._leave()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self.end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        if self.turn is not None:
            self.turn.end()
            self.turn = None
