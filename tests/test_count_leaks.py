"""Leaks without words: a count, a suggestion, a place in a list.

It is found by comparing the pages of a course with those of the same where more is hidden.
"""

import re

import pytest
from django.db import connection
from django.test import Client

from blog.models import Post
from tests.leaks.canaries import mark
from tests.leaks.crawl import POST_ONLY, every_address, text_of
from tests.leaks.world import hide_more, plant
from tests.own_feeds import own_feeds

pytestmark = pytest.mark.django_db

HEALTH = "healthz"  # how many seconds some work of the whole site waits
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|key|tab)" value="[^"]*"|"token": "[^"]*"')


def addresses_beside(post, world) -> list[str]:
    """Return every address that is about a post, or about no post."""
    addresses = every_address(world.course)
    takes_get = [url for url, name in addresses.items() if name not in {*POST_ONLY, HEALTH}]
    return [url for url in takes_get if "/posts/" not in url or f"/posts/{post.slug}/" in url]


def pages_at(addresses, reader) -> dict[str, str]:
    """Return what a reader gets at these addresses, in this order."""
    client = Client()
    client.force_login(reader)
    answers = {url: client.get(url) for url in addresses}
    return {
        url: CHANGING.sub("", text_of(answer))
        for url, answer in answers.items()
        if answer.status_code == 200
    }


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.figure
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the rules are the same everywhere")
def test_what_somebody_does_not_see_changes_no_page_of_theirs(figure):
    world = plant()  # just now: what can be undone for minutes still can at the second look
    cyn = world.people["cyn"]
    post = Post.objects.get(title=mark("coursetitle"))
    addresses = [*addresses_beside(post, world), *own_feeds(cyn, world.course)]
    before = pages_at(addresses, cyn)

    hide_more(world)

    after = pages_at(addresses, cyn)
    assert len(before) > 50
    assert [url for url in before if after[url] != before[url]] == []
    figure("What is hidden changes no count and no order", f"{len(before)} pages compared")
