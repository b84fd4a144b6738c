"""Addresses of lists that go on over several pages."""

import pytest

from blog.web.pages import filters_of


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
