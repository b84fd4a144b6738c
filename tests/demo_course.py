"""The demo course in the database of a test that commits, made once for all processes of a run.

To replay its history takes as long as many tests. What is copied is of this run alone, so it is
never an older one.
"""

import fcntl
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from blog.models import Course


def load_demo(folder: Path) -> Course:
    """Return the demo course, in a database that was empty; ``folder`` is that of the run."""
    file = folder / "demo.sqlite3"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists():
            _copy(file)
        else:
            call_command("demo", force=True, stdout=StringIO())
            cache.clear()
            if connection.vendor == "sqlite":
                _keep(file)
    return Course.objects.get(slug="edci338")


def _keep(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)


def _copy(file: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as kept:
        kept.backup(connection.connection)
