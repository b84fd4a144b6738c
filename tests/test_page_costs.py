"""No page costs more than it did: queries, calls and the work of the database (ADR 0048)."""

import json

import pytest
from django.db import connection

from tests.benchmarks import costs


@pytest.mark.slow
@pytest.mark.django_db
def test_no_page_costs_more_than_the_table_says_nor_more_on_a_larger_site(settings):
    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    written = json.loads(costs.TABLE.read_text())
    plan = costs.make_site()

    found = costs.costs_of(plan)
    growing = costs.growing(plan) if connection.vendor == "sqlite" else costs.GROWING

    assert growing == costs.GROWING
    if connection.vendor != "sqlite":  # of which the table tells the calls
        found = {
            name: {**written[name], "queries": cost["queries"]} for name, cost in found.items()
        }
    assert costs.grown(found, written) == []
    assert found.keys() == written.keys()


def test_what_grew_is_named_with_both_figures():
    written = {"home": {"queries": 4, "calls": 10.0, "steps": 1000}}

    assert costs.grown(written, written) == []
    assert costs.grown({"home": {"queries": 4, "calls": 13.0, "steps": 1300}}, written) == []
    assert costs.grown({"home": {"queries": 5, "calls": 13.1, "steps": 1301}}, written) == [
        "home: 13.1 calls, 10 before",
        "home: 1301 steps, 1000 before",
        "home: 5 queries, 4 before",
    ]
    assert costs.grown({"new": written["home"]}, written) == ["new: not in costs.json"]
    first = {"home": written["home"] | {"first": 20.0}}
    assert costs.grown({"home": first["home"] | {"first": 26.1}}, first) == [
        "home: 26.1 first, 20 before"
    ]
