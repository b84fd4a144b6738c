"""Programs of the machine for the tests of backups."""

import shutil

import pytest
from django.db import connection

needs_programs = pytest.mark.skipif(
    connection.vendor == "postgresql" and shutil.which("pg_dump") is None,
    reason="PostgreSQL's client programs are not installed",
)
