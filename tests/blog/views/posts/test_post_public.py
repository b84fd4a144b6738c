"""The page of a post beyond its course."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Comment, Post
from tests import factories

# A literal, since the name of a test must be the same in every process.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
EVERYONE = Comment.Audience.EVERYONE


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, "Weak ties", "What weak ties bring.", prompt=prompt)


def page_of(client, user, url):
    client.force_login(user)
    return client.get(url)


@pytest.fixture
def public(ada, course):
    ada.public_name = "A. S."
    ada.save()
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


def public_address(post, slug=None):
    return reverse("post_public", args=[post.pk, slug or post.slug])


def test_post_public_names_neither_course_nor_people(client, ada, bob, course, public):
    first = factories.make_comment(bob, public, "For all.", audience=EVERYONE)
    factories.make_comment(ada, public, "Thank you.", parent=first, audience=EVERYONE)

    response = client.get(public_address(public))

    html = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'class="name p-author h-card"(?: dir="auto")?>(.*?)<', html) == [
        "A. S.",
        "A student",
        "A. S.",
    ]
    for secret in (course.title, course.slug, ada.display_name, bob.display_name, ada.username):
        assert f">{secret}" not in html
        assert f"/{secret}/" not in html
    assert "noindex" not in html
    assert "X-Robots-Tag" not in response
    assert "private" in response["Cache-Control"]


def test_post_public_shows_only_what_its_writer_opened(client, bob, instructor, public):
    shown = factories.make_comment(bob, public, "For all.", audience=EVERYONE)
    factories.make_comment(bob, public, "For the course.")
    factories.make_comment(bob, public, "Rude.", audience=EVERYONE, state=Comment.State.HIDDEN)
    factories.make_comment(bob, public, "Oh.", audience=EVERYONE, deleted_at=timezone.now())

    for reader in (None, bob, instructor):
        if reader:
            client.force_login(reader)
        threads = client.get(public_address(public)).context["threads"]
        assert [line.comment for line in threads] == [shown]


def test_post_public_leads_from_a_wrong_slug_to_the_right_one(client, public):
    assert client.get(public_address(public, "wrong")).url == public_address(public)


def test_post_public_for_everyone_signed_in(client, eve, public):
    Post.objects.filter(pk=public.pk).update(audience=Audience.SIGNED_IN)
    url = public_address(public)

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    response = page_of(client, eve, url)
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content


@pytest.mark.parametrize(
    "fields",
    [
        {"audience": Audience.COURSE},
        {"status": Post.Status.WITHDRAWN},
        {"deleted_at": LONG_AGO},
        {"public_until": LONG_AGO},
    ],
    ids=str,
)
def test_post_public_ends_with_its_audience(client, ada, eve, public, fields):
    Post.objects.filter(pk=public.pk).update(**fields)
    url = public_address(public)

    assert client.get(url).status_code == 302
    assert page_of(client, eve, url).status_code == 404
    assert page_of(client, ada, url).status_code == 404


def test_post_public_tells_strangers_nothing_about_what_exists(client, post):
    hidden, missing = public_address(post), reverse("post_public", args=[9999, "x"])

    assert client.get(hidden).url == f"{reverse('account_login')}?next={hidden}"
    assert client.get(missing).url == f"{reverse('account_login')}?next={missing}"


def test_post_public_costs_the_same_at_one_and_three_comments(
    client, django_assert_num_queries, bob, public
):
    factories.make_comment(bob, public, audience=EVERYONE)

    with django_assert_num_queries(2):
        client.get(public_address(public))
    for _ in range(2):
        factories.make_comment(bob, public, audience=EVERYONE)
    with django_assert_num_queries(2):
        client.get(public_address(public))
