"""Cases of a table that are tried at each commit, and those of the long run."""

from collections import defaultdict
from zlib import crc32

import pytest

# Of the functions of a file one in so many is tried at each commit, and of the cases of any table
# one in so many: what some minutes of a machine can tell, for the long run tells it all.
IN_A_BROWSER = 10
OF_VIEWS = 6
ON_A_DATABASE = 3
OF_A_TABLE = 3


def few_of(cases, each: int) -> list:
    """Return the cases of a table, all but one of ``each`` marked for ``make test-long``."""
    return [case if place % each == 0 else _long(case) for place, case in enumerate(cases)]


def all_but(few, cases) -> list:
    """Return the cases of a table, those that are not among the few marked for the long run."""
    return [case if case in few else _long(case) for case in cases]


def _long(case):
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.long)


def sample(items: list) -> None:
    """Mark what ``make test`` leaves to the long run."""
    sample_products(items)
    sample_tables(items)
    sample_functions(items)


def sample_tables(items: list) -> None:
    """Mark all but some cases of each table that no browser is asked about."""
    seen: dict[tuple, int] = defaultdict(int)
    for item in items:
        if item.get_closest_marker("browser") or _is_settled(item):
            continue
        function = item.path, item.originalname
        if seen[function] % OF_A_TABLE:
            item.add_marker("long")
        seen[function] += 1


def sample_functions(items: list) -> None:
    """Mark all but some functions of each file that opens a browser or asks a database.

    Which ones depends on their names alone, so a new test does not send others away; walks that
    PostgreSQL repeats are among them.
    """
    files: dict[tuple, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if not _is_settled(item) and (share := _share_of(item)):
            files[item.path, share][item.originalname].append(item)
    for (_path, share), functions in files.items():
        names = sorted(functions, key=lambda name: _rank(functions[name][0]))
        for name in names[-(-len(names) // share) :]:
            for item in functions[name]:
                item.add_marker("long")


def _is_settled(item) -> bool:
    return any(map(item.get_closest_marker, ("long", "whole")))


def _share_of(item) -> int:
    if item.get_closest_marker("browser"):
        return IN_A_BROWSER
    if not item.get_closest_marker("database"):
        return 0
    return OF_VIEWS if "views" in item.path.parts else ON_A_DATABASE


def _rank(item) -> tuple[bool, int]:
    return not item.get_closest_marker("every_database"), crc32(item.originalname.encode())


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
