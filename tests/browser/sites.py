"""A server of its own for a test, by gunicorn, on a copy of the database that the test has made."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
START_WITHIN = 60
OURS = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "HTTPS")


class Site:
    """The course of the tests under gunicorn, on a database of its own."""

    def __init__(self, folder: Path, **environment: str):
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "site.sqlite3"
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        self.environment = inherited | {"DATABASE_URL": f"sqlite:///{self.database}"} | environment

    def fill(self):
        """Take over what the test has made, tables and all."""
        connection.ensure_connection()
        with closing(sqlite3.connect(self.database)) as copy:
            connection.connection.backup(copy)

    def start(self):
        self.server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "plnsite.wsgi", "--bind", f"127.0.0.1:{self.port}"]
            + ["--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "4"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline:
            try:
                urlopen(f"{self.url}/healthz", timeout=2).close()
                return
            except (URLError, OSError):
                time.sleep(0.2)
        raise AssertionError("The server did not start.")
