"""The list of a course's posts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Comment
from tests import factories


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, "Weak ties", "What weak ties bring.", prompt=prompt)


def page_of(client, user, url):
    client.force_login(user)
    return client.get(url)


# Four questions


@pytest.mark.parametrize("name", ["post_list", "draft_list"])
def test_lists_ask_strangers_to_log_in(client, course, name):
    url = reverse(name, args=[course.slug])

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("name", ["post_list", "draft_list"])
def test_lists_do_not_exist_for_outsiders(client, course, eve, name):
    assert page_of(client, eve, reverse(name, args=[course.slug])).status_code == 404


# Lists


def test_post_list_shows_what_the_reader_sees_newest_first(client, ada, bob, course):
    now = timezone.now()
    old = factories.make_post(ada, course, "Old", at=now - timedelta(days=2))
    new = factories.make_post(ada, course, "New", at=now - timedelta(days=1))
    factories.make_post(ada, course, "Mine", audience=Audience.INSTRUCTORS)
    factories.make_draft_post(ada, course)

    response = page_of(client, bob, reverse("post_list", args=[course.slug]))

    assert list(response.context["page"]) == [new, old]
    assert b"That\xe2\x80\x99s all for now." in response.content


def test_post_list_filters_by_prompt(client, ada, bob, course, post):
    factories.make_post(ada, course, "Something else")
    client.force_login(bob)
    url = reverse("post_list", args=[course.slug])

    assert list(client.get(url, {"prompt": post.prompt.number}).context["page"]) == [post]
    assert client.get(url, {"prompt": 99}).status_code == 404
    assert client.get(url, {"prompt": "x"}).status_code == 404


def test_post_list_ends(client, ada, bob, course):
    for number in range(11):
        factories.make_post(ada, course, f"Post {number}")
    client.force_login(bob)
    url = reverse("post_list", args=[course.slug])

    first, last, beyond = (client.get(url, {"page": n}) for n in ("1", "2", "99"))

    assert [len(r.context["page"]) for r in (first, last, beyond)] == [10, 1, 1]
    assert [b"That\xe2\x80\x99s all for now." in r.content for r in (first, last)] == [False, True]
    assert b"Older posts" in first.content
    assert b"Newer posts" in last.content


def test_post_list_hints_at_posts_without_a_reply(client, ada, bob, instructor, course):
    waiting = factories.make_post(ada, course, "Waiting")
    answered = factories.make_post(ada, course, "Answered")
    alone = factories.make_post(ada, course, "Alone")
    factories.make_comment(bob, answered)
    factories.make_comment(ada, alone)
    factories.make_comment(instructor, waiting, audience=Comment.Audience.TEAM)

    page = page_of(client, bob, reverse("post_list", args=[course.slug])).context["page"]

    assert {p: p.is_answered for p in page} == {waiting: False, answered: True, alone: False}


def test_post_list_without_posts_says_what_will_be_here(client, bob, observer, course):
    url = reverse("post_list", args=[course.slug])

    assert b"Write the first post" in page_of(client, bob, url).content
    html = page_of(client, observer, url).content
    assert b"No posts yet" in html
    assert b"Write the first post" not in html


def test_post_list_costs_the_same_at_one_and_three_posts(
    client, django_assert_num_queries, ada, bob, course, prompt
):
    client.force_login(bob)
    url = reverse("post_list", args=[course.slug])
    factories.make_post(ada, course, prompt=prompt)

    with django_assert_num_queries(6):
        client.get(url)
    for _ in range(2):
        factories.make_post(factories.make_user(), course, prompt=prompt)
    with django_assert_num_queries(6):
        client.get(url)
