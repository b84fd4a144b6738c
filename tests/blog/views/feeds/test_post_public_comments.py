"""The feed of a public page's comments: for everybody, under public names."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Comment, Post
from tests import factories
from tests.blog.views.feeds.atom_rules import read

EVERYONE = Comment.Audience.EVERYONE


@pytest.fixture
def public(ada, course):
    ada.public_name = "A. S."
    ada.save()
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC, slug="out")


def address_of(post, slug="out"):
    return reverse("post_public_comments", args=[post.pk, slug])


def test_it_names_neither_course_nor_people(client, ada, bob, course, public):
    first = factories.make_comment(bob, public, "For all.", audience=EVERYONE)
    factories.make_comment(ada, public, "Thank you.", parent=first, audience=EVERYONE)

    answer = client.get(address_of(public))

    feed = read(answer)
    assert feed.feed.title == "Comments on “Out there”"
    assert [entry.author for entry in feed.entries] == ["A. S.", "A student"]
    assert [entry.title for entry in feed.entries][0] == "A. S. on “Out there”"
    assert feed.entries[0]["thr_in-reply-to"]["ref"] == feed.entries[1].id
    assert feed.entries[1].link == f"http://127.0.0.1:8000/p/{public.pk}/out/#c{first.pk}"
    for secret in (course.title, "/c/", ada.display_name, bob.display_name, ada.username):
        assert secret not in answer.content.decode()
    assert "X-Robots-Tag" not in answer


def test_it_has_what_its_writers_opened_and_no_more(client, bob, instructor, public):
    factories.make_comment(bob, public, "For the course.")
    factories.make_comment(bob, public, "For all.", audience=EVERYONE)
    for fields in ({"state": Comment.State.WAITING}, {"deleted_at": timezone.now()}):
        factories.make_comment(bob, public, "No.", audience=EVERYONE, tied=False, **fields)

    for reader in (None, bob, instructor):
        if reader:
            client.force_login(reader)
        entries = read(client.get(address_of(public))).entries
        assert [entry.content[0].value for entry in entries] == ["<p>For all.</p>"]


def test_a_wrong_slug_leads_to_the_right_one(client, public):
    answer = client.get(address_of(public, "in"))

    assert (answer.status_code, answer.url) == (302, address_of(public))


@pytest.mark.parametrize(
    "fields",
    [
        {"audience": Audience.SIGNED_IN},
        {"audience": Audience.COURSE},
        {"public_until": timezone.now() - timedelta(minutes=1)},
        {"status": Post.Status.WITHDRAWN},
        {"deleted_at": timezone.now()},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_post_that_is_not_public_has_none(client, bob, public, fields):
    Post.objects.update(**fields)

    statuses = [client.get(address_of(public)).status_code]
    client.force_login(bob)
    statuses.append(client.get(address_of(public)).status_code)

    assert statuses == [404, 404]


def test_it_costs_the_same_at_one_comment_and_at_three(
    client, bob, public, django_assert_num_queries
):
    for more in (1, 2):
        for _ in range(more):
            factories.make_comment(bob, public, audience=EVERYONE)
        with django_assert_num_queries(2):  # the post, its comments
            client.get(address_of(public))


def test_a_program_that_has_it_already_gets_no_body(client, bob, public):
    factories.make_comment(bob, public, audience=EVERYONE)
    first = client.get(address_of(public))

    again = client.get(address_of(public), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_the_public_page_names_its_feed(client, public):
    html = client.get(reverse("post_public", args=[public.pk, "out"])).content.decode()

    assert f' href="{address_of(public)}"' in html.partition("</head>")[0]
