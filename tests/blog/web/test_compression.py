"""Compressed answers, and those that a browser need not be sent again."""

import gzip
import io
import zipfile

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from blog.models import Audience, GuestComments
from tests import factories

ASKING = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Out there", "Words. " * 200, audience=Audience.PUBLIC)


@pytest.fixture
def public(post):
    return reverse("post_public", args=[post.pk, post.slug])


def test_a_page_is_compressed_for_whoever_can_read_it(client, bob, post):
    client.force_login(bob)

    plain = client.get(post.get_absolute_url())
    packed = client.get(post.get_absolute_url(), **ASKING)

    page = gzip.decompress(packed.content).decode()
    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert "Words. Words." in page
    assert packed["Content-Length"] == str(len(packed.content))
    assert len(packed.content) < len(page) / 3


def test_a_compressed_page_is_as_private_as_it_was(client, bob, post):
    client.force_login(bob)

    packed = client.get(post.get_absolute_url(), **ASKING)

    assert packed["Cache-Control"] == "private, no-store"
    assert {word.strip() for word in packed["Vary"].split(",")} == {
        "Accept-Encoding",
        "Accept-Language",
        "Cookie",
    }
    assert "default-src 'none'" in packed["Content-Security-Policy"]


def test_the_length_of_an_answer_varies(client, bob, post):
    """So it tells little of what repeats in it (BREACH)."""
    client.force_login(bob)
    about = reverse("about")

    lengths = {len(client.get(about, **ASKING).content) for _ in range(12)}

    assert len(lengths) > 1


def test_a_token_is_masked_anew_in_each_answer(client, bob, post):
    client.force_login(bob)

    tokens = {str(client.get(post.get_absolute_url()).context["csrf_token"]) for _ in range(3)}

    assert len(tokens) == 3


def test_no_other_site_can_ask_in_a_readers_name():
    assert (site.SESSION_COOKIE_SAMESITE, site.CSRF_COOKIE_SAMESITE) == ("Lax", "Lax")


def test_what_is_compressed_already_is_sent_as_it_is(client, instructor, course):
    client.force_login(instructor)

    archive = client.post("/c/networks/network/export/csv/", **ASKING)

    assert archive.get("Content-Encoding") is None
    assert "edges.csv" in zipfile.ZipFile(io.BytesIO(archive.getvalue())).namelist()


# What a visitor has already


def test_a_visitor_is_not_sent_a_page_again(client, public):
    first = client.get(public)

    again = client.get(public, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first["Cache-Control"] == again["Cache-Control"] == "private, no-cache"


def test_so_it_is_where_the_page_was_compressed(client, public):
    first = client.get(public, **ASKING)

    again = client.get(public, headers={"if-none-match": first["ETag"]}, **ASKING)

    assert first["ETag"].startswith('W/"')
    assert (first["Content-Encoding"], again.status_code) == ("gzip", 304)


def test_a_page_that_changed_is_sent_again(client, bob, post, public):
    first = client.get(public)
    factories.make_comment(bob, post, "New words.", audience=50)

    again = client.get(public, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert "New words." in again.content.decode()


def test_whoever_is_signed_in_keeps_nothing(client, bob, public):
    first = client.get(public)
    client.force_login(bob)

    page = client.get(public, headers={"if-none-match": first["ETag"]})

    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert not page.has_header("ETag")


def test_a_page_with_a_form_is_new_each_time(client, course, public):
    """Its key must not come back once it was sent."""
    course.guest_comments = GuestComments.MODERATED
    course.save()

    page = client.get(public)

    assert "csrfmiddlewaretoken" in page.content.decode()
    assert (page["Cache-Control"], page.has_header("ETag")) == ("private, no-store", False)


def test_what_is_not_there_is_not_kept(client, db):
    page = client.get(reverse("post_public", args=[99, "no-post"]))

    assert (page.status_code, page["Cache-Control"]) == (302, "private, no-store")


@pytest.mark.parametrize("name", ["about", "visibility", "accessibility"])
def test_pages_about_the_site_are_kept(db, name):
    visitor = Client()
    first = visitor.get(reverse(name))

    again = visitor.get(reverse(name), headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
