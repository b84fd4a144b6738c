"""Static files as a production site collects them, once for all processes of a run.

To join, hash and compress them takes longer than most tests of them. Nobody writes among them.
"""

import fcntl
from functools import partial
from pathlib import Path
from unittest import mock

import brotli
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

# Brotli at its best takes fifteen seconds more, and makes files a seventh smaller than here.
QUICK = mock.patch("whitenoise.compress.brotli.compress", partial(brotli.compress, quality=5))
STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "plnsite.storage.StaticFilesStorage"}}


def collect_once(folder: Path) -> Path:
    """Return where the files of this run are; whoever comes first collects them."""
    files, done = folder / "collected", folder / "collected.done"
    with (folder / "collected.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            with QUICK, override_settings(STORAGES=STORAGES, STATIC_ROOT=files):
                call_command("collectstatic", interactive=False, verbosity=0)
            done.touch()
    return files
