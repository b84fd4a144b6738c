"""Feeds of blogs are found within ten seconds, whatever is sent there."""

import pytest

from blog.feeds import Busy, Feed, TooMuch
from blog.lookup import blogs
from blog.lookup.blogs import BlogUnreadable, Problem, find_feed
from tests.own_blogs import blog_site, item, lay_feed

pytestmark = pytest.mark.django_db


def test_the_time_to_find_a_feed_is_also_that_to_read_it(monkeypatch):
    given = []

    def read_feed(*_args, seconds, **_more):
        given.append(seconds)
        return Feed("", "", ())

    monkeypatch.setattr(blogs, "read_feed", read_feed)
    with blog_site() as site:
        find_feed(lay_feed(site, item(1)))

    assert 0 < given[0] < blogs.FIND_SECONDS


@pytest.mark.parametrize(
    ("trouble", "problem"), [(TooMuch, Problem.TOO_LARGE), (Busy, Problem.UNREACHABLE)]
)
def test_a_feed_that_takes_too_long_has_words(monkeypatch, trouble, problem):
    def read_feed(*_args, **_more):
        raise trouble

    monkeypatch.setattr(blogs, "read_feed", read_feed)
    with blog_site() as site, pytest.raises(BlogUnreadable) as found:
        find_feed(lay_feed(site, item(1)))

    assert found.value.problem == problem
