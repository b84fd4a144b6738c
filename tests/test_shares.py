"""The order in which several processes run the tests."""

from types import SimpleNamespace

import pytest

from tests.shares import slow_first


def make_tests(path, number, *, slow=False, database=True):
    marks = {name for name, has_it in (("slow", slow), ("database", database)) if has_it}
    return [
        SimpleNamespace(
            name=f"{path}{place}", path=path, get_closest_marker=lambda name: name in marks
        )
        for place in range(number)
    ]


def names(items):
    return " ".join(item.name for item in items)


def test_each_part_begins_with_the_slow_tests_of_some_files():
    items = [
        *make_tests("a", 2),
        *make_tests("b", 2, slow=True),
        *make_tests("c", 3),
        *make_tests("d", 1, slow=True),
        *make_tests("e", 1, slow=True),
        *make_tests("f", 1),
    ]

    assert names(slow_first(items, 2)) == "b0 b1 e0 a0 a1 d0 c0 c1 c2 f0"


def test_slow_tests_without_a_database_run_while_it_is_migrated():
    items = [
        *make_tests("a", 2, slow=True),
        *make_tests("b", 1, slow=True),
        *make_tests("c", 1, slow=True, database=False),
        *make_tests("d", 1, slow=True),
    ]

    assert names(slow_first(items, 3)) == "c0 d0 a0 a1 b0"


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
@pytest.mark.parametrize(("slow", "quick"), [(0, 0), (0, 5), (4, 0), (9, 2), (3, 8)])
def test_no_test_is_lost(slow, quick, workers):
    items = [*make_tests("quick", quick), *make_tests("slow", slow, slow=True)]

    ordered = slow_first(items, workers)

    assert sorted(item.name for item in ordered) == sorted(item.name for item in items)
