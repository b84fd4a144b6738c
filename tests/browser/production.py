"""Settings of a production site that a test starts: its static files are in a folder of its own."""

import os

from plnsite.settings import *  # noqa: F403

STATIC_ROOT = os.environ["TEST_STATIC_ROOT"]
