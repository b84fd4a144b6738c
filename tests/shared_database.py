"""One migrated database for all processes of a run: the first makes it, and the others copy it.

What is copied is of this run alone, so it is never an older one.
"""

import fcntl
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


class SharedDatabase:
    """Creates the test database of a process, in place of Django's ``create_test_db``."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._name = None
        self._users = folder / "database.users"
        self._creation = connection.creation
        self._migrate = self._creation.create_test_db
        self._template = TEMPLATES[connection.vendor](folder)

    def create(self, **options) -> str:
        """Return the name of a test database with all tables, as ``create_test_db`` does."""
        with self._alone():
            if self._users.exists():
                name = self._creation._get_test_db_name()
                self._template.copy_to(name)
                connection.close()
                settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
                connection.ensure_connection()
            else:
                name = self._migrate(**options)
                self._template.copy_from(name)
            with self._users.open("a") as users:
                users.write(f"{name}\n")
        self._name = name
        return name

    def leave(self) -> None:
        """Remove what is copied when no process is left that has a copy."""
        if self._name is None:
            return
        with self._alone():
            others = [one for one in self._users.read_text().split() if one != self._name]
            if others:
                self._users.write_text("".join(f"{one}\n" for one in others))
            else:
                self._template.remove()
                self._users.unlink()

    @contextmanager
    def _alone(self):
        with (self._folder / "database.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class SqliteTemplate:
    def __init__(self, folder):
        self._file = folder / "database.sqlite3"

    def copy_from(self, _name):
        connection.ensure_connection()
        with closing(sqlite3.connect(self._file)) as copy:
            connection.connection.backup(copy)

    def copy_to(self, name):
        connection.creation._create_test_db(verbosity=0, autoclobber=True)  # removes an old one
        shutil.copy(self._file, name)

    def remove(self):
        self._file.unlink()


class PostgreSqlTemplate:
    """PostgreSQL copies a database that nobody is connected to."""

    def __init__(self, _folder):
        self._name = f"{connection.creation._get_test_db_name().rpartition('_gw')[0]}_template"

    def copy_from(self, name):
        connection.close()
        self.remove()  # one of a run that was killed
        self._run(f'CREATE DATABASE "{self._name}" TEMPLATE "{name}"')
        connection.ensure_connection()

    def copy_to(self, _name):
        test = connection.settings_dict["TEST"]
        test["TEMPLATE"] = self._name
        connection.creation._create_test_db(verbosity=0, autoclobber=True)
        test["TEMPLATE"] = None

    def remove(self):
        self._run(f'DROP DATABASE IF EXISTS "{self._name}"')

    def _run(self, statement):
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


TEMPLATES = {"sqlite": SqliteTemplate, "postgresql": PostgreSqlTemplate}
