"""Which cases of a table are tried at each commit, and which in the long run alone."""

from collections import defaultdict

import pytest


def few_of(cases, each: int) -> list:
    """Return the cases of a table, all but one of ``each`` marked for ``make test-long``."""
    return [case if place % each == 0 else _long(case) for place, case in enumerate(cases)]


def all_but(few, cases) -> list:
    """Return the cases of a table, those that are not among the few marked for the long run."""
    return [case if case in few else _long(case) for case in cases]


def _long(case):
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.long)


def sample_products(items: list) -> None:
    """Mark what a test tries twice, in a browser or where it says so: the long run has all of it.

    At each commit every row of every table is tried once, with whichever of the others: each
    editor, each screen, each way to do it.
    """
    tried: dict[tuple, set] = defaultdict(set)
    for item in items:
        is_product = any(map(item.get_closest_marker, ("browser", "sampled")))
        if not is_product or item.get_closest_marker("long"):
            continue
        rows = _rows_of(item)
        before = tried[item.path, item.originalname]
        if before and rows <= before:
            item.add_marker("long")
        before |= rows


def _rows_of(item) -> set:
    """Return the row of each table, and the parameter of each fixture, that a case is made of."""
    tables = [mark.args[0] for mark in item.iter_markers("parametrize")]
    tables = [table.split(",") if isinstance(table, str) else table for table in tables]
    tables = [[name.strip() for name in table] for table in tables]
    values = item.callspec.params
    of_fixtures = [[name] for name in values if not any(name in table for table in tables)]
    return {
        tuple(f"{name}={values[name]!r}" for name in table) for table in [*tables, *of_fixtures]
    }
