"""Posts that cite a post, and their readers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Audience, Post, PostLink, WorkMerge
from blog.queries.citing_posts import citing_posts
from tests import factories

NOW = timezone.now()


@pytest.fixture
def post(bob, course):
    return factories.make_post(bob, course, "Of ties")


def link(author, post, title="Links", days_ago=1, **fields):
    at = NOW - timedelta(days=days_ago)
    citing = factories.make_post(author, post.course, title, at=at, **fields)
    PostLink.objects.create(post=citing, linked=post)
    return citing


def cite(author, post, *, cited=True, work=None, **fields):
    """Make a post that has a reference to another."""
    citing = factories.make_post(author, post.course, "Cites", **fields)
    work = work or factories.make_work(post.course, doi="", post=post)
    factories.make_reference(citing, work, cited=cited)
    return citing


def test_links_and_references_are_listed_once_oldest_first(ada, bob, post):
    new = link(ada, post, days_ago=1)
    old = link(ada, post, days_ago=5)
    both = cite(ada, post, at=NOW)
    PostLink.objects.create(post=both, linked=post)

    assert citing_posts(bob, post) == [old, new, both]
    assert citing_posts(bob, old) == []


def test_a_reference_that_the_published_text_does_not_cite_is_none(ada, bob, post):
    cite(ada, post, cited=False)

    assert citing_posts(bob, post) == []


def test_a_reference_merged_with_that_of_the_post_is_one(ada, bob, instructor, post):
    of_post = factories.make_work(post.course, doi="", post=post)
    typed = factories.make_work(post.course, doi="")
    citing = cite(ada, post, work=typed)
    assert citing_posts(bob, post) == []

    WorkMerge.objects.create(duplicate=typed, canonical=of_post, made_by=instructor)

    assert citing_posts(bob, post) == [citing]


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        ({}, "bob ada instructor observer"),
        ({"audience": Audience.INSTRUCTORS}, "ada instructor"),
        ({"audience": Audience.ONLY_ME}, "ada"),
        ({"status": Post.Status.WITHDRAWN}, ""),
        ({"deleted_at": NOW}, ""),
        ({"status": Post.Status.DRAFT}, ""),
    ],
)
def test_only_posts_that_the_reader_sees_are_listed(
    ada, bob, instructor, observer, eve, post, state, seen_by
):
    citing = link(ada, post)
    Post.objects.filter(pk=citing.pk).update(**state)
    people = {
        "bob": bob,
        "ada": ada,
        "instructor": instructor,
        "observer": observer,
        "eve": eve,
    }

    seen = [name for name, reader in people.items() if citing_posts(reader, post)]

    assert seen == seen_by.split()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_one_query(ada, bob, post, count, django_assert_num_queries):
    for _ in range(count):
        link(ada, post)
    assert bob.memberships_now

    with django_assert_num_queries(1):
        names = [citing.author.display_name for citing in citing_posts(bob, post)]

    assert names == ["Ada Student"] * count


def test_a_posts_page_lists_them_and_the_public_page_does_not(client, ada, bob, post):
    Post.objects.filter(pk=post.pk).update(audience=Audience.PUBLIC)
    citing = link(ada, post, "A reply to Bob")
    client.force_login(bob)

    in_course = client.get(post.get_absolute_url()).content.decode()
    public = client.get(f"/p/{post.pk}/{post.slug}/").content.decode()

    assert (citing.get_absolute_url() in in_course, "Cited in" in in_course) == (True, True)
    assert (citing.get_absolute_url() in public, "Cited in" in public) == (False, False)
