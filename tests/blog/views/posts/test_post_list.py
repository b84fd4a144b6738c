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
    for post in (old, new):
        factories.make_comment(bob, post)

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
    assert b"More posts" in first.content
    assert b"Previous posts" in last.content


def test_post_list_knows_posts_without_a_comment_by_others(client, ada, bob, instructor, course):
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
    client, django_assert_num_queries, ada, bob, instructor, course, prompt
):
    client.force_login(bob)
    url = reverse("post_list", args=[course.slug])
    factories.make_post(ada, course, prompt=prompt)
    factories.make_comment(bob, factories.make_post(instructor, course))
    factories.make_pod(course, "Wrens", ada, bob)

    # session, memberships, prompts, pods, rotas; the pod's people, count, keys 2, those of
    # the pod; comments, posts, visits, pods of authors
    with django_assert_num_queries(13):
        client.get(url)
    for _ in range(2):
        author = factories.make_user()
        factories.make_portrait(author)
        factories.make_comment(bob, factories.make_post(author, course, prompt=prompt))
    with django_assert_num_queries(13):
        client.get(url)


# What waits, and what the reader did


@pytest.fixture
def url(course):
    return reverse("post_list", args=[course.slug])


def titles(response):
    return [post.title for post in response.context["page"]]


def test_posts_that_wait_for_a_first_comment_come_first(
    client, ada, bob, observer, instructor, course, url
):
    now = timezone.now()
    for days, title in enumerate(("New", "Mine", "Waits", "Older"), 1):
        author = bob if title == "Mine" else ada
        post = factories.make_post(author, course, title, at=now - timedelta(days=days))
        if title in ("New", "Older"):
            factories.make_comment(instructor, post)

    assert titles(page_of(client, bob, url)) == ["Waits", "New", "Mine", "Older"]
    assert titles(page_of(client, observer, url)) == ["New", "Mine", "Waits", "Older"]


def test_of_those_that_wait_ones_pods_come_first_and_the_oldest_at_the_top(
    client, ada, bob, course, url
):
    factories.make_pod(course, "Wrens", ada, bob)
    now = timezone.now()
    stranger = factories.make_user()
    for days in (1, 3, 2, 4):
        author = ada if days < 3 else stranger
        factories.make_post(author, course, f"{days} days", at=now - timedelta(days=days))
    factories.make_comment(stranger, factories.make_post(ada, course, "Answered"))

    response = page_of(client, bob, url)

    assert titles(response) == ["2 days", "1 days", "4 days", "3 days", "Answered"]
    assert "come first, your pod’s on top. Then the newest." in response.content.decode()


def test_who_has_no_pod_reads_nothing_of_one(client, ada, bob, course, url):
    factories.make_post(ada, course)

    html = page_of(client, bob, url).content.decode()

    assert "first comment come first, the oldest on top. Then the newest." in html


def test_observers_read_of_no_comment_to_write(client, ada, observer, course, url):
    factories.make_post(ada, course)

    html = page_of(client, observer, url).content.decode()

    assert ("for a first comment" in html, "No comments yet" in html) == (False, True)
    assert "The newest come first." in html


def test_entry_offers_the_first_comment_or_says_what_the_reader_did(client, ada, bob, course, url):
    waiting = factories.make_post(ada, course, "Waiting")
    answered = factories.make_post(ada, course, "Answered")
    factories.make_comment(bob, answered)

    html = page_of(client, bob, url).content.decode()
    for_ada = page_of(client, ada, url).content.decode()

    assert f'href="{waiting.get_absolute_url()}#say"' in html
    assert f'href="{answered.get_absolute_url()}#say"' not in html
    assert "You commented on " in html
    assert html.count("Waiting for a first comment") == 1
    assert ("#say" in for_ada, "You commented" in for_ada) == (False, False)
    assert "Last comment on " in for_ada


def test_nobody_is_asked_to_comment_when_the_course_is_over(client, ada, bob, url, course):
    factories.make_pod(course, "Wrens", ada, bob)
    factories.make_post(ada, course)
    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    html = page_of(client, bob, url).content.decode()

    assert ("#say" in html, "for a first comment" in html) == (False, False)
    assert ("No comments yet" in html, "Ada Student, no comments yet" in html) == (True, True)


# Filters


@pytest.fixture
def posts(ada, bob, instructor, course, prompt):
    """Create two posts by Ada of the Wrens, one on the prompt, and one by somebody in no pod."""
    factories.make_pod(course, "Wrens", ada, bob)
    factories.make_post(ada, course, "Ferries", "Of harbours.", prompt=prompt)
    commented = factories.make_post(ada, course, "Kitchens", "Of balconies.")
    factories.make_comment(bob, commented)
    factories.make_post(instructor, course, "Windows", "Of harbours too.")
    factories.make_post(bob, course, "Mine", "Of nothing.")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"prompt": "1"}, {"Ferries"}),
        ({"prompt": "none"}, {"Kitchens", "Windows", "Mine"}),
        ({"q": "harbour"}, {"Ferries", "Windows"}),
        ({"q": "HARBOUR ferr"}, {"Ferries"}),
        ({"pod": "wrens"}, {"Ferries", "Kitchens", "Mine"}),
        ({"pod": "other"}, {"Windows"}),
        ({"pod": "other", "new": "on", "prompt": "1"}, set()),
        ({"new": "on"}, {"Ferries", "Windows"}),
        ({"pod": "wrens", "new": "on", "q": "of"}, {"Ferries"}),
        ({"q": "zzz"}, set()),
    ],
)
def test_post_list_is_filtered(client, bob, course, posts, url, filters, found):
    if filters.get("pod") == "wrens":
        filters = filters | {"pod": course.pods.get().pk}
    client.force_login(bob)

    response = client.get(url, filters)

    assert set(titles(response)) == found


@pytest.mark.parametrize(
    ("filters", "heading"),
    [
        ({}, "No posts yet"),
        ({"q": "zzz"}, "No post matches “zzz”"),
        ({"q": "zzz", "new": "on"}, "No post matches “zzz” and the other filters"),
        ({"new": "on"}, "Nothing left to comment on"),
        ({"new": "on", "prompt": "1", "pod": "mine"}, "Nothing left to comment on"),
        ({"pod": "mine"}, "No posts from this pod yet"),
        ({"pod": "other"}, "No posts from outside your pod yet"),
        ({"pod": "mine", "prompt": "none"}, "No post matches these filters"),
        ({"prompt": "1"}, "No posts yet"),
        ({"prompt": "none"}, "No posts yet"),
    ],
)
def test_empty_list_says_what_was_asked_for_and_leads_to_all(
    client, ada, bob, course, prompt, url, filters, heading
):
    pod = factories.make_pod(course, "Wrens", ada, bob)
    if filters.get("pod") == "mine":
        filters = filters | {"pod": pod.pk}
    client.force_login(bob)

    html = client.get(url, filters).content.decode()

    assert " ".join(html.partition("<h3>")[2].partition("</h3>")[0].split()) == heading
    assert ("Show all posts" in html) == bool(filters)


def test_empty_list_offers_to_write_what_is_missing(client, bob, course, prompt, url):
    client.force_login(bob)
    new = reverse("post_new", args=[course.slug])

    pages = [client.get(url, {"prompt": value}).content.decode() for value in ("1", "none")]

    assert f'href="{new}?prompt=1"' in pages[0]
    assert f'href="{new}?prompt=none"' in pages[1]
    assert "Nobody has published a post without a prompt that you can read." in pages[1]


def test_outside_my_pod_are_neither_those_in_it_nor_those_who_left_it(
    client, ada, bob, course, url
):
    factories.make_pod(course, "Wrens", ada, bob)
    factories.make_post(ada, course, "Of a podmate")
    course.memberships.filter(user=ada).update(ended_at=timezone.now())
    factories.make_post(factories.make_user(), course, "Of nobody’s pod")
    client.force_login(bob)

    assert titles(client.get(url, {"pod": "other"})) == ["Of nobody’s pod"]


def test_who_has_no_pod_is_not_offered_the_others(client, bob, course, url):
    factories.make_pod(course, "Wrens")
    client.force_login(bob)

    assert b"Outside my pod" not in client.get(url).content
    assert client.get(url, {"pod": "other"}).status_code == 404


@pytest.mark.parametrize("filters", [{"pod": "0"}, {"pod": "x"}, {"prompt": "-1"}])
def test_filter_that_does_not_exist_is_not_found(client, bob, posts, url, filters):
    client.force_login(bob)

    assert client.get(url, filters).status_code == 404


def test_filters_stay_on_the_next_page(client, ada, bob, course, url):
    for number in range(11):
        factories.make_post(ada, course, f"Post {number}")
    client.force_login(bob)

    html = client.get(url, {"q": "post", "new": "on", "page": "1"}).content.decode()

    assert 'href="?q=post&amp;new=on&amp;page=2"' in html


def test_posts_of_my_pod_are_at_the_side(client, ada, bob, posts, url):
    response = page_of(client, bob, url)

    assert [post.title for post in response.context["pod_posts"]] == ["Ferries", "Kitchens"]
    html = response.content.decode()
    assert "Ada Student, waiting for a first comment" in html
    assert "Ada Student, you commented" in html
