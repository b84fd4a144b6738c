"""Blogs with many entries: some wait, and nothing is late by that which is written meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import BlogEntry, OwnBlog, Post
from blog.tasks import own_blogs as task
from blog.tasks import read_own_blogs
from tests.blog.tasks.test_own_blogs import connect, day, posts, read_again
from tests.own_blogs import blog_site, item, lay_feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    with blog_site() as stub:
        yield stub


def test_a_flood_waits_for_the_next_day(site, course, ada, monkeypatch):
    monkeypatch.setattr(task, "MAX_ENTRIES_PER_DAY", 2)
    url = lay_feed(site, *(item(n, day=day(1)) for n in range(4)), ETag='"x"')
    connect(course, ada, url)

    assert read_own_blogs() == 2
    assert OwnBlog.objects.get().etag == ""
    assert read_again() == 0
    BlogEntry.objects.update(taken_at=timezone.now() - timedelta(days=2))
    assert read_again() == 2


def test_a_flood_makes_nothing_late_that_is_written_meanwhile(site, course, ada, monkeypatch):
    monkeypatch.setattr(task, "MAX_ENTRIES_PER_DAY", 2)
    flood = [item(n, day=day(3)) for n in range(5)]
    connect(course, ada, lay_feed(site, *flood))
    read_own_blogs()
    assert OwnBlog.objects.get().waiting == 3
    wrote = timezone.now().replace(microsecond=0) - timedelta(minutes=10)
    fresh = item(99).replace("2026-10-01T00:00:00Z", wrote.isoformat())
    lay_feed(site, fresh, *flood)
    connected = wrote - timedelta(minutes=5)

    read_again(read_at=connected, created_at=connected)

    assert Post.objects.get(title="Entry 99").published_at == wrote
    assert (len(posts()), OwnBlog.objects.get().waiting) == (3, 3)


def test_a_fresh_entry_that_has_to_wait_is_dated_as_if_nobody_had_looked(
    site, course, ada, monkeypatch
):
    monkeypatch.setattr(task, "MAX_ENTRIES_PER_DAY", 1)
    connect(course, ada, lay_feed(site))
    read_own_blogs()
    read_at = timezone.now().replace(microsecond=0) - timedelta(minutes=20)
    dates = [read_at + timedelta(minutes=minutes) for minutes in (8, 4)]
    lay_feed(
        site,
        *(
            item(n).replace("2026-10-01T00:00:00Z", at.isoformat())
            for n, at in enumerate(dates, start=1)
        ),
    )
    read_again(read_at=read_at, created_at=read_at)
    assert (OwnBlog.objects.get().read_at, OwnBlog.objects.get().waiting) == (read_at, 1)
    BlogEntry.objects.update(taken_at=timezone.now() - timedelta(days=2))

    read_again()

    assert sorted(post.published_at for post in posts()) == sorted(dates)
    assert (OwnBlog.objects.get().read_at > read_at, OwnBlog.objects.get().waiting) == (True, 0)
