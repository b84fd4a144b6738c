"""Restoring a version is an act where versions are listed, read and compared."""

import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def post(ada, course):
    post = factories.make_post(ada, course, "Of ties")
    post.revision = factories.make_revision(post, number=2, text="Better words.")
    post.save()
    return post


def at(name, post, *args):
    return reverse(name, args=[post.course.slug, post.slug, *args])


def restored(client, reader, post, page):
    """Return the versions that a page offers to restore."""
    client.force_login(reader)
    html = client.get(page).content.decode()
    return [n for n in (1, 2) if f'href="{at("revision_restore", post, n)}"' in html]


@pytest.mark.parametrize(
    ("name", "args"), [("revision_list", []), ("revision_page", [1]), ("revision_compare", [])]
)
def test_an_earlier_version_is_restored_where_it_is_seen(client, ada, post, name, args):
    assert restored(client, ada, post, at(name, post, *args)) == [1]


@pytest.mark.parametrize(
    ("name", "args"), [("revision_list", []), ("revision_page", [1]), ("revision_compare", [])]
)
def test_the_teaching_team_restores_nothing(client, instructor, post, name, args):
    assert restored(client, instructor, post, at(name, post, *args)) == []


def test_the_history_of_a_withdrawn_post_has_no_version_that_readers_see(client, ada, post):
    client.force_login(ada)
    assert "Readers see this version" in client.get(at("revision_list", post)).content.decode()
    post.status = post.Status.WITHDRAWN
    post.save()

    html = client.get(at("revision_list", post)).content.decode()

    assert "Readers see this version" not in html
