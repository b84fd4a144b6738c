"""The settings of the site, with the two views beside it that pages are compared with."""

import os
import tempfile
from pathlib import Path

from plnsite.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
FOLDER = Path(os.environ.get("BENCH_FOLDER", tempfile.gettempdir()))
STATIC_ROOT = FOLDER / "static"
MEDIA_ROOT = FOLDER / "media"
