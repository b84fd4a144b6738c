"""Cases at each commit: the same in each process, and no row of a table never."""

from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.long import all_but, few_of, sample_functions, sample_products, sample_tables


class Case:
    """A case of a test that pytest has collected."""

    def __init__(self, name, marks, params, path="tests/test_pages.py"):
        self.path, self.originalname, self.marks = Path(path), name, {*marks}
        self.callspec = SimpleNamespace(params=params)

    def get_closest_marker(self, name):
        return name if name in self.marks else None

    def iter_markers(self, _name):
        names = [name for name in self.callspec.params if not name.startswith("fixture")]
        return [pytest.mark.parametrize(name, []).mark for name in names]

    def add_marker(self, name):
        self.marks.add(name)


def make_cases(name="test_a_page", marks=("browser",), **tables):
    return [
        Case(name, marks, dict(zip(tables, row, strict=True))) for row in product(*tables.values())
    ]


def tried(cases):
    sample_products(cases)
    return ["-".join(case.callspec.params.values()) for case in cases if "long" not in case.marks]


def test_each_row_of_each_table_is_tried_once():
    cases = make_cases(mode="vm", screen=["wide", "phone", "small"])

    assert tried(cases) == ["v-wide", "v-phone", "v-small", "m-wide"]


def test_tests_do_not_spare_each_other():
    assert tried(make_cases("a", mode="vm") + make_cases("b", mode="vm")) == ["v", "m", "v", "m"]


def test_what_is_long_anyway_has_tried_nothing():
    cases = make_cases(mode="vm", way="xy")
    cases[0].add_marker("long")

    assert tried(cases) == ["v-y", "m-x"]


def test_a_test_without_a_table_is_tried():
    assert tried(make_cases()) == [""]


def test_a_fixture_with_parameters_is_a_table():
    cases = make_cases(marks=["sampled"], fixture_form="pr", version="xyz")

    assert tried(cases) == ["p-x", "p-y", "p-z", "r-x"]


def test_outside_of_a_browser_all_pairs_are_tried():
    assert len(tried(make_cases(marks=(), role="abc", state="xy"))) == 6


def names_tried(cases, sample):
    sample(cases)
    return [case.originalname for case in cases if "long" not in case.marks]


def test_of_a_table_outside_of_a_browser_one_case_in_three_is_tried():
    cases = make_cases(marks=["database"], state="abcdefg")
    pure = make_cases("pure", marks=[], text="abcd")
    whole = make_cases("whole", marks=["database", "whole"], state="abcd")
    in_a_browser = make_cases("seen", mode="abcd")

    assert names_tried(cases, sample_tables) == ["test_a_page"] * 3
    assert names_tried(pure, sample_tables) == ["pure"] * 2
    assert len(names_tried(whole + in_a_browser, sample_tables)) == 8


def test_of_a_file_of_views_one_function_in_six_is_tried_whatever_else_is_there():
    names = [f"test_{one}" for one in "abcdefghijkl"]
    cases = [Case(name, ["database"], {}, "tests/blog/views/test_x.py") for name in names]
    more = [
        Case(name, ["database"], {}, "tests/blog/views/test_x.py") for name in [*names, "test_m"]
    ]

    few, with_another = names_tried(cases, sample_functions), names_tried(more, sample_functions)

    assert len(few) == 2
    assert set(few) <= set(with_another)
    assert len(with_another) == 3


def test_walks_that_other_databases_repeat_are_among_those_in_a_browser():
    cases = [Case(f"test_{one}", ["browser"], {}) for one in "abcde"]
    cases[3].marks.add("every_database")

    assert names_tried(cases, sample_functions) == ["test_d"]


def test_of_a_file_on_a_database_one_function_in_three_is_tried():
    cases = [Case(f"test_{one}", ["database"], {}) for one in "abcdef"]

    assert len(names_tried(cases, sample_functions)) == 2


def test_functions_that_need_no_database_are_all_tried():
    cases = [Case(f"test_{one}", [], {}) for one in "abcde"]

    assert len(names_tried(cases, sample_functions)) == 5


def is_long(case):
    return any(mark.name == "long" for mark in getattr(case, "marks", ()))


def test_few_of_a_table_begin_with_its_first_row():
    assert [is_long(case) for case in few_of("abcde", 2)] == [False, True, False, True, False]


def test_rows_of_several_values_stay_rows():
    [row, _few] = all_but([("c", "d")], [("a", "b"), ("c", "d")])

    assert (row.values, is_long(row)) == (("a", "b"), True)
