"""Pages of lists: their addresses, and those that nobody counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.web.pages import ListPage, filters_of, page_of


@pytest.mark.parametrize(
    ("sent", "query"),
    [
        ("", ""),
        ("page=3", ""),
        ("q=a+b&page=3&state=to_read", "q=a+b&state=to_read&"),
        ("pod=1&pod=2", "pod=1&pod=2&"),
    ],
)
def test_filters_stay_and_the_number_of_the_page_goes(rf, sent, query):
    assert filters_of(rf.get(f"/list/?{sent}")) == query


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (None, ListPage([1, 2], 1, True)),
        ("1", ListPage([1, 2], 1, True)),
        ("2", ListPage([3, 4], 2, True)),
        ("3", ListPage([5], 3, False)),
        ("4", ListPage([1, 2], 1, True)),
        ("0", ListPage([1, 2], 1, True)),
        ("-1", ListPage([1, 2], 1, True)),
        ("²", ListPage([1, 2], 1, True)),
        ("two", ListPage([1, 2], 1, True)),
        ("9" * 5000, ListPage([1, 2], 1, True)),
    ],
    ids=lambda value: str(value)[:9],
)
def test_page_of_a_list(number, expected):
    assert page_of([1, 2, 3, 4, 5], number, 2) == expected


def test_page_of_nothing():
    page = page_of([], "7", 10)

    assert (list(page), page.number, page.has_next, page.has_previous) == ([], 1, False, False)


def test_a_page_names_those_beside_it():
    page = page_of(range(30), "2", 10)

    assert (page.previous_page_number, page.next_page_number, page.has_previous) == (1, 3, True)


@given(st.lists(st.integers()), st.integers(1, 7))
def test_all_pages_together_are_the_list(rows, size):
    found, number, goes_on = [], 1, True
    while goes_on:
        page = page_of(rows, str(number), size)
        found += page
        number, goes_on = number + 1, page.has_next

    assert found == rows
