"""A database copied whole while the site writes, and put back in one transaction.

Each engine has its own way to do that online: SQLite's ``VACUUM INTO`` and backup API, PostgreSQL's
``pg_dump`` and ``pg_restore``. What a copy is asked, such as its number of rows, is asked of
the very moment that was copied.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

# Asks a copy something, and returns all rows of the answer.
Ask = Callable[[str], list[tuple[Any, ...]]]

WAIT_SECONDS = 60  # for the writer before us
# By how far keys of new rows are moved where nobody knows which ones were given after a backup.
KEYS_UNKNOWN = 1_000_000
# Tables that a site has rows in before anybody used it; those of litestream begin with `_`, and
# those in which SQLite keeps its table of search words begin with its name.
FILLED_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission", "cache"}
FILLED_BEFORE_USE = ("_", "blog_searchwords_")


def rows_of(ask: Ask, tables: list[str]) -> dict[str, int]:
    """Return the number of rows in each table."""
    return {table: ask(f'SELECT count(*) FROM "{table}"')[0][0] for table in sorted(tables)}


def used_tables(ask: Ask, tables: list[str]) -> list[str]:
    """Return the tables of a database with rows beside those that every new site has."""
    of_people = [
        table
        for table in tables
        if table not in FILLED_BY_DJANGO and not table.startswith(FILLED_BEFORE_USE)
    ]
    return [table for table in of_people if ask(f'SELECT 1 FROM "{table}" LIMIT 1')]


def is_pooled(connection: BaseDatabaseWrapper) -> bool:
    """Return whether a pooler is between us and the database.

    It gives its clients a number of its own in place of the server process’s.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return connection.connection.info.backend_pid != cursor.fetchone()[0]


def refuse_pooler() -> None:
    """Raise CommandError if a pooler is in front of the database of this site.

    ``pg_dump`` and ``pg_restore`` empty the search path of their connection. A pooler hands that
    one on to the site, which then finds none of its tables.
    """
    if is_pooled(connection):
        raise CommandError(
            _(
                "There is a pooler, such as pgBouncer, in front of the database in "
                "DATABASE_URL, so this would break the live site. Nothing was changed. Run "
                "this command with the address of the server itself: "
                "DATABASE_URL=postgres://user:password@host/name"
            )
        )


def keys_beyond(restored: dict[str, int], replaced: dict[str, int]) -> dict[str, int]:
    """Return the last keys that count as given, by table or sequence, once a backup is restored.

    No row gets the key of one that the restore has undone: links were signed for those, and would
    lead to others. A database that is not the later one of the same site, such as a new and empty
    one, does not know them.
    """
    is_later = bool(replaced) and all(replaced.get(n, 0) >= key for n, key in restored.items())
    step = 0 if is_later else KEYS_UNKNOWN
    return {n: max(key, replaced.get(n, 0)) + step for n, key in restored.items()}


class Sqlite:
    """SQLite: a compact copy by ``VACUUM INTO``, which waits for no writer and holds none up."""

    name, file = "sqlite", "database.sqlite3"

    @property
    def path(self) -> Path:
        return Path(str(connection.settings_dict["NAME"]))

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    @contextmanager
    def copied(self, folder: Path) -> Iterator[tuple[Ask, list[str]]]:
        """Copy the database into a folder; yield what asks the copy, and its tables.

        By a connection of its own, which is not the site's: it takes no turn among the writers.
        """
        copy = folder / self.file
        copy.unlink(missing_ok=True)
        try:
            with closing(_sqlite(self.path, "mode=ro")) as source:
                source.execute("VACUUM INTO ?", [str(copy)])
            with closing(_sqlite(copy, "mode=ro")) as database:
                self._refuse_broken(database, copy)
                yield _asking_sqlite(database), _tables_of_sqlite(database)
        except sqlite3.Error as error:
            raise CommandError(
                _("The database could not be copied: %(error)s") % {"error": error}
            ) from error

    def check(self, folder: Path, rows: dict[str, int]) -> None:
        """Raise CommandError unless the copy is whole, with the rows it is said to have."""
        copy = folder / self.file
        try:
            with closing(_sqlite(copy, "mode=ro&immutable=1")) as database:
                self._refuse_broken(database, copy)
                found = rows_of(_asking_sqlite(database), _tables_of_sqlite(database))
        except sqlite3.Error as error:
            raise CommandError(_("%(path)s is not a database.") % {"path": copy}) from error
        if found != rows:
            raise CommandError(
                _("%(path)s does not have the rows that its list says.") % {"path": copy}
            )

    def used_tables(self) -> list[str]:
        if not self.path.is_file() or not self.path.stat().st_size:
            return []
        with closing(_sqlite(self.path, "mode=ro")) as database:
            return used_tables(_asking_sqlite(database), _tables_of_sqlite(database))

    def restore(self, folder: Path) -> None:
        """Replace the database with a copy, in one transaction of SQLite.

        The file stays the same, so whatever has it open sees all of the new rows or all of the
        old ones.
        """
        connection.close()
        is_new = not self.path.exists()
        try:
            with (
                closing(_sqlite(folder / self.file, "mode=ro&immutable=1")) as source,
                closing(_sqlite(self.path, "mode=rwc")) as target,
            ):
                source.backup(target)
        except sqlite3.Error as error:
            if is_new:
                self.path.unlink(missing_ok=True)
            raise CommandError(
                _("The database could not be written. It has not changed: %(error)s")
                % {"error": error}
            ) from error

    def last_keys(self) -> dict[str, int]:
        """Return the last key that each table has given to a row, 0 for none."""
        if not self.path.is_file() or not self.path.stat().st_size:
            return {}
        with closing(_sqlite(self.path, "mode=ro")) as database:
            return _last_keys_of_sqlite(database)

    def move_keys(self, replaced: dict[str, int]) -> None:
        """Let new rows get keys that no row had, neither here nor in the database before."""
        with closing(_sqlite(self.path, "mode=rw")) as database, database:
            beyond = keys_beyond(_last_keys_of_sqlite(database), replaced)
            database.execute("DELETE FROM sqlite_sequence")
            database.executemany(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", beyond.items()
            )

    def rows(self) -> dict[str, int]:
        with closing(_sqlite(self.path, "mode=ro")) as database:
            return rows_of(_asking_sqlite(database), _tables_of_sqlite(database))

    @staticmethod
    def _refuse_broken(database: sqlite3.Connection, path: Path) -> None:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise CommandError(_("%(path)s is damaged.") % {"path": path})


def _sqlite(path: Path, options: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, timeout=WAIT_SECONDS)


def _asking_sqlite(database: sqlite3.Connection) -> Ask:
    return lambda question: database.execute(question).fetchall()


def _tables_of_sqlite(database: sqlite3.Connection) -> list[str]:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\'"
    )
    return [name for (name,) in found]


def _last_keys_of_sqlite(database: sqlite3.Connection) -> dict[str, int]:
    # A table has its row of sqlite_sequence from its first row on.
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    ).fetchall()
    given = dict(database.execute("SELECT name, seq FROM sqlite_sequence")) if tables else {}
    return {name: given.get(name, 0) for (name,) in tables}


class PostgreSql:
    """PostgreSQL: ``pg_dump`` in its custom format, of a snapshot that we ask as well."""

    name, file = "postgresql", "database.dump"

    def version(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0]}"

    @contextmanager
    def copied(self, folder: Path) -> Iterator[tuple[Ask, list[str]]]:
        """Dump the database into a folder; yield what asks the same snapshot, and its tables."""
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
            _run(
                "pg_dump",
                *("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"),
                f"--file={folder / self.file}",
            )
            yield _asking(cursor), connection.introspection.table_names(cursor)

    def check(self, folder: Path, rows: dict[str, int]) -> None:
        """Raise CommandError unless this machine's ``pg_restore`` can read the copy."""
        dump = str(folder / self.file)
        _run("pg_restore", "--list", dump, on_database=False)
        unknown = sorted(set(self._tables()) - set(rows))
        if unknown:
            raise CommandError(
                _(
                    "The database has tables that are not in the backup: %(tables)s. Restore "
                    "into a new, empty database."
                )
                % {"tables": ", ".join(unknown)}
            )

    def used_tables(self) -> list[str]:
        with connection.cursor() as cursor:
            return used_tables(_asking(cursor), self._tables())

    def restore(self, folder: Path) -> None:
        """Replace the database with a copy, in one transaction."""
        connection.close()
        _run(
            "pg_restore",
            *("--clean", "--if-exists", "--no-owner", "--no-privileges"),
            *("--single-transaction", "--exit-on-error", str(folder / self.file)),
        )

    def last_keys(self) -> dict[str, int]:
        """Return the last key that each sequence has given to a row, 0 for none."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences "
                "WHERE schemaname = current_schema()"
            )
            return dict(cursor.fetchall())

    def move_keys(self, replaced: dict[str, int]) -> None:
        """Let new rows get keys that no row had, neither here nor in the database before."""
        beyond = keys_beyond(self.last_keys(), replaced)
        with connection.cursor() as cursor:
            cursor.executemany(
                "SELECT setval(quote_ident(%s)::regclass, %s)",
                [(name, key) for name, key in beyond.items() if key],
            )

    def rows(self) -> dict[str, int]:
        with connection.cursor() as cursor:
            return rows_of(_asking(cursor), self._tables())

    def _tables(self) -> list[str]:
        return connection.introspection.table_names()


def _asking(cursor) -> Ask:
    def ask(question: str) -> list[tuple[Any, ...]]:
        cursor.execute(question)
        return cursor.fetchall()

    return ask


def _run(program: str, *arguments: str, on_database: bool = True) -> None:
    """Run a program of PostgreSQL; CommandError says in its own words what went wrong.

    The password goes by the environment: other people of the machine can read a command line.
    """
    if shutil.which(program) is None:
        raise CommandError(
            _(
                "%(program)s is not installed. Install the client programs of PostgreSQL, at least "
                "in the version of your server. On Debian and Ubuntu: apt install postgresql-client"
            )
            % {"program": program}
        )
    place, environment = _place() if on_database else ([], {})
    done = subprocess.run(
        [program, *place, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip()
        raise CommandError(_("%(program)s failed: %(error)s") % {"program": program, "error": said})


def _place() -> tuple[list[str], dict[str, str]]:
    """Return the arguments and the environment by which a program finds the site's database."""
    settings = connection.settings_dict
    (_psql, *words), environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
    if settings["NAME"]:
        words[-1] = f"--dbname={words[-1]}"
    return words, environment or {}


ENGINES: dict[str, Sqlite | PostgreSql] = {"sqlite": Sqlite(), "postgresql": PostgreSql()}


def engine() -> Sqlite | PostgreSql:
    """Return the copier of this site's database."""
    return ENGINES[connection.vendor]
