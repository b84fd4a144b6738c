"""Databases as they stood at a migration, for the tests of migrations.

Each is migrated once, from the nearest earlier one, and every test that asks for it gets a copy.
Sites of those days applied in steps what is squashed for new ones.
"""

from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def migrate_in_steps(migration) -> None:
    """Migrate the blog to a migration, forwards or back, by all that are between."""
    executor = MigrationExecutor(connection)
    executor.loader = loader_of_steps()
    executor.migrate([("blog", migration)])


def loader_of_steps() -> MigrationLoader:
    return MigrationLoader(connection, replace_migrations=False)


class EarlierDatabases:
    """One empty site for each migration that was asked for."""

    def __init__(self):
        self._kept = {}
        self._server = Sqlite() if connection.vendor == "sqlite" else PostgreSql()

    def copy_at(self, migration):
        """Return a connection to a new database with the tables of that day and without rows."""
        if migration not in self._kept:
            before = max((name for name in self._kept if name < migration), default=None)
            copy = self._server.copy(self._kept.get(before))
            self._migrate(copy, migration)
            self._kept[migration] = self._server.keep(copy)
        return self._server.copy(self._kept[migration])

    def _migrate(self, copy, migration):
        usual, connections["default"] = connections["default"], copy
        try:
            migrate_in_steps(migration)
        finally:
            connections["default"] = usual

    def drop(self):
        self._server.drop()


def connect(name):
    """Return a new connection beside the usual one, to another database of the same server."""
    usual = connections["default"]
    return type(usual)(usual.settings_dict | {"NAME": name}, "default")


class Sqlite:
    """Databases in memory."""

    def __init__(self):
        self._open = []

    def copy(self, kept):
        copy = connect(":memory:")
        copy.ensure_connection()
        if kept is not None:
            kept.connection.backup(copy.connection)
        return copy

    def keep(self, copy):
        self._open.append(copy)
        return copy

    def drop(self):
        for one in self._open:
            one.close()


class PostgreSql:
    """Databases beside the one of the tests, which PostgreSQL copies while nobody is connected."""

    def __init__(self):
        self._names = []

    def copy(self, kept):
        name = f"{connections['default'].settings_dict['NAME']}_{len(self._names)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{kept or "template0"}"')
        self._names.append(name)
        return connect(name)

    def keep(self, copy):
        copy.close()
        return copy.settings_dict["NAME"]

    def drop(self):
        for name in self._names:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement):
        with connections["default"]._nodb_cursor() as cursor:
            cursor.execute(statement)
