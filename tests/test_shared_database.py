"""The database that tests begin with, whether this process migrated it or copied another's."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import shared_database
from tests.shared_database import SharedDatabase

pytestmark = pytest.mark.django_db


def test_it_stands_at_the_last_migration_and_has_the_table_of_the_cache():
    executor = MigrationExecutor(connection)

    cache.set("word", "kept")

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert cache.get("word") == "kept"


class Copies:
    """The copies of the template."""

    def __init__(self, _folder):
        self.said = []

    def copy_from(self, name):
        self.said.append(f"made from {name}")

    def remove(self):
        self.said.append("removed")


def test_the_first_process_makes_what_others_copy_and_the_last_removes_it(tmp_path, monkeypatch):
    monkeypatch.setitem(shared_database.TEMPLATES, connection.vendor, Copies)
    monkeypatch.setattr(connection.creation, "create_test_db", lambda **options: "first")
    first, never_asked = SharedDatabase(tmp_path), SharedDatabase(tmp_path)

    assert first.create(verbosity=0) == "first"
    with (tmp_path / "database.users").open("a") as users:
        users.write("second\n")  # as another process does
    first.leave()
    never_asked.leave()

    assert first._template.said == ["made from first"]
    assert (tmp_path / "database.users").read_text() == "second\n"

    first._name = "second"
    first.leave()

    assert first._template.said == ["made from first", "removed"]
    assert not (tmp_path / "database.users").exists()
