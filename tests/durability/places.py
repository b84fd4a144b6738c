"""A production site in a place of its own: a database, a folder of files, and the server.

It is a copy of what the test has made, in the engine that the tests run on.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.benchmarks.servers import ROOT, Server, production

# The cookies of a production site.
SECURE_NAMES = {"SESSION_COOKIE_NAME": "__Host-sessionid", "CSRF_COOKIE_NAME": "__Host-csrftoken"}


class Place:
    """A site at a ``folder`` with the database at an ``address``."""

    def __init__(self, folder: Path, address: str):
        self.folder, self.address = folder, address
        self.server: Server | None = None
        self.extra: dict[str, str] = {}  # further variables of its environment

    @property
    def environment(self) -> dict[str, str]:
        return production(self.folder, self.address) | {
            "DJANGO_SETTINGS_MODULE": "tests.durability.settings",
            "PLACE_FOLDER": str(self.folder),
            **self.extra,
        }

    @contextmanager
    def signing(self):
        """Let sessions that the test makes be good here."""
        key = self.environment["SECRET_KEY"]
        with override_settings(SECRET_KEY=key, **SECURE_NAMES):
            yield

    def manage(self, *words: str, succeeds: bool = True) -> str:
        """Run a command of ``manage.py``; return what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        assert (done.returncode == 0) == succeeds, said
        return said

    def start(self) -> Server:
        self.server = Server(self.folder, self.address, self.environment)
        return self.server

    def kill(self) -> None:
        """End all processes of the server at once, as the system would for want of memory."""
        if self.server is not None:
            self.server.kill()
            self.server = None

    def rows(self, question: str) -> list[tuple]:
        """Ask the database, by a connection that knows nothing of Django."""
        with closing(self._connect()) as database:
            return database.execute(question).fetchall()

    def digests(self) -> dict[str, str]:
        """Return a hash of all rows of each table, in whatever order they are stored."""
        with closing(self._connect()) as database:
            return {
                table: hashlib.sha256(
                    "\n".join(
                        sorted(map(repr, database.execute(f'SELECT * FROM "{table}"').fetchall()))
                    ).encode()
                ).hexdigest()
                for table in connection.introspection.table_names()
            }

    def files(self) -> dict[str, str]:
        """Return a hash of each file of media."""
        media = self.folder / "media"
        return {
            path.relative_to(media).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in media.rglob("*")
            if path.is_file()
        }

    def assert_sound(self) -> None:
        """Assert that the database is whole, as far as its engine can tell."""
        if connection.vendor != "sqlite":
            return
        assert self.rows("PRAGMA integrity_check") == [("ok",)]
        assert self.rows("PRAGMA foreign_key_check") == []

    def _connect(self):
        if connection.vendor == "sqlite":
            return sqlite3.connect(urlsplit(self.address).path, timeout=20)
        import psycopg

        return psycopg.connect(self.address, autocommit=True)


@contextmanager
def empty_place(folder: Path):
    """Yield a place without a database of rows, which is gone after the block."""
    folder.mkdir()
    if connection.vendor == "sqlite":
        address, name = f"sqlite:///{folder / 'site.sqlite3'}", None
    else:
        name = f"place_{os.getpid()}_{folder.name}"
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
    place = Place(folder, address)
    try:
        yield place
    finally:
        place.kill()
        if name is not None:
            _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def fill(place: Place) -> None:
    """Copy into a place all rows and files that the test has made."""
    if Path(settings.MEDIA_ROOT).is_dir():
        shutil.copytree(settings.MEDIA_ROOT, place.folder / "media", dirs_exist_ok=True)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(urlsplit(place.address).path)) as copy:
            connection.connection.backup(copy)
        return
    name, template = urlsplit(place.address).path[1:], connection.settings_dict["NAME"]
    connection.close()
    _on_server(
        # Threads of a server of earlier tests keep theirs, and look before they use it again.
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'",
        f'DROP DATABASE "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
    )


def _on_server(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
