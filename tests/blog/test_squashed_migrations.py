"""A new site makes its tables at once, and has those of a site that has grown."""

import pytest
from django.db import connection, connections

from tests.blog.earlier_databases import EarlierDatabases

# Neither way changes any more.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.long]

# Made after all migrations, wherever they are missing.
INDEX_OF_SEARCH = ("blog_searchwords", "search_words", "search_trigrams")

LAST = "0114_grading_events_go_with_their_course"
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
    connections["default"] = databases.copy_at(LAST)
    yield usual
    connections["default"].close()
    connections["default"] = usual
    databases.drop()


def test_a_new_site_has_the_tables_of_one_that_has_grown(grown):
    of_grown = schema()
    connections["default"], copy = grown, connections["default"]
    try:
        of_new = schema()
    finally:
        connections["default"] = copy

    assert len(of_grown["tables"]) > 80
    assert of_grown == of_new


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
