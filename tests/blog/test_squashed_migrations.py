"""A new site makes its tables at once, and has those of a site that has grown."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from tests.blog.earlier_databases import EarlierDatabases

# Made after all migrations, wherever they are missing.
INDEX_OF_SEARCH = ("blog_searchwords", "search_words", "search_trigrams")

SQUASHED = "0001_squashed_0089_erased_accounts"
# Ends while Django writes down what the migration replaces, as by a signal that nothing can catch.
KILLED = f"""
import os
import django
django.setup()
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

record, recorded = MigrationRecorder.record_applied, []

def record_some(self, app, name):
    recorded.append(name)
    if app == "blog" and name.startswith("0040_"):
        os._exit(137)
    record(self, app, name)

MigrationRecorder.record_applied = record_some
call_command("migrate", "blog", "{SQUASHED}", verbosity=0)
"""
TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(pg_trigger.oid), prosrc
        FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
    """,
}


@pytest.fixture
def grown(django_db_blocker):
    """Make a database by all steps, and have the connection lead there; return the usual one."""
    databases, usual = EarlierDatabases(), connections["default"]
    [(_app, last)] = MigrationLoader(None).graph.leaf_nodes("blog")
    connections["default"] = databases.copy_at(last)
    yield usual
    connections["default"].close()
    connections["default"] = usual
    databases.drop()


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.long
def test_a_new_site_has_the_tables_of_one_that_has_grown(grown):
    of_grown = schema()
    connections["default"], copy = grown, connections["default"]
    try:
        of_new = schema()
    finally:
        connections["default"] = copy

    assert len(of_grown["tables"]) > 80
    assert of_grown == of_new


def test_the_squashed_migration_knows_the_models_of_those_that_it_replaces():
    steps = MigrationLoader(None, replace_migrations=False)
    of_grown = steps.project_state(("blog", "0089_erased_accounts"))
    loader = MigrationLoader(None)
    of_new = loader.project_state(("blog", SQUASHED))
    of_new.real_apps = of_grown.real_apps = set()

    changes = MigrationAutodetector(of_grown, of_new)._detect_changes()

    assert changes == {}


@pytest.mark.slow
def test_a_new_site_that_was_killed_while_it_wrote_down_what_it_had_done_goes_on(tmp_path):
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "plnsite.settings",
        "DEBUG": "1",
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=settings.BASE_DIR, env=env, check=False
    )

    migrate = [sys.executable, "manage.py", "migrate", "blog", SQUASHED, "--verbosity=0"]
    after = subprocess.run(
        migrate, cwd=settings.BASE_DIR, env=env, check=False, capture_output=True, text=True
    )

    assert (killed.returncode, after.returncode, after.stderr) == (137, 0, "")


def schema() -> dict:
    """Return the tables of the blog with their columns, rules and indices, and the triggers."""
    ask = connection.introspection
    with connection.cursor() as cursor:
        tables = [name for name in ask.table_names(cursor) if name.startswith("blog_")]
        tables = [name for name in tables if not name.startswith(INDEX_OF_SEARCH)]
        columns = {name: sorted(ask.get_table_description(cursor, name)) for name in tables}
        rules = {name: rules_of(ask.get_constraints(cursor, name)) for name in tables}
        cursor.execute(TRIGGERS[connection.vendor])
        triggers = sorted(cursor.fetchall())
    triggers = [row for row in triggers if not row[1].startswith(INDEX_OF_SEARCH)]
    return {"tables": tables, "columns": columns, "rules": rules, "triggers": triggers}


def rules_of(constraints: dict) -> list:
    """Return what is compared of rules: an index of a renamed column has kept its name."""
    return sorted(
        repr(sorted(rule.items())) + (name if rule["check"] or rule["unique"] else "")
        for name, rule in constraints.items()
        if not name.startswith(INDEX_OF_SEARCH)
    )
