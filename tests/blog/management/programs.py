"""What tests of backups need of the machine."""

import shutil

import pytest
from django.db import connection

needs_programs = pytest.mark.skipif(
    connection.vendor == "postgresql" and shutil.which("pg_dump") is None,
    reason="PostgreSQL's client programs are not installed",
)
