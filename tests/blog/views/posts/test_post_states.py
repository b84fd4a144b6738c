"""Withdrawing, deleting and restoring a post."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import AuditEvent, Post
from tests import factories


@pytest.fixture
def post(ada, course, prompt):
    return factories.make_post(ada, course, "Weak ties", "What weak ties bring.", prompt=prompt)


def address(name, post):
    return reverse(name, args=[post.course.slug, post.slug])


def page_of(client, user, url):
    client.force_login(user)
    return client.get(url)


# Four questions


@pytest.mark.parametrize("name", ["post_withdraw", "post_delete"])
@pytest.mark.parametrize("who", ["bob", "instructor", "observer"])
def test_only_its_author_withdraws_and_deletes(request, client, post, name, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address(name, post)).status_code == 403
    assert client.post(address(name, post)).status_code == 403
    post.refresh_from_db()
    assert (post.status, post.deleted_at) == (Post.Status.PUBLISHED, None)


# Withdraw, delete, restore


def test_withdraw_asks_first(client, ada, post):
    response = page_of(client, ada, address("post_withdraw", post))

    assert response.status_code == 200
    post.refresh_from_db()
    assert post.is_published


def test_withdraw_takes_the_post_back(client, ada, post):
    client.force_login(ada)

    response = client.post(address("post_withdraw", post), follow=True)

    post.refresh_from_db()
    assert post.status == Post.Status.WITHDRAWN
    assert response.redirect_chain == [(address("post_page", post), 302)]
    assert AuditEvent.objects.get().action == "post_withdrawn"


def test_withdraw_refuses_a_draft_in_words(client, ada, course):
    draft = factories.make_draft_post(ada, course)
    client.force_login(ada)

    response = client.post(address("post_withdraw", draft))

    assert response.status_code == 302
    assert [str(m) for m in response.wsgi_request._messages] == [
        "Only a published post can be withdrawn."
    ]


def test_delete_offers_its_undo_in_the_message(client, ada, post):
    client.force_login(ada)

    response = client.post(address("post_delete", post), follow=True)

    html = response.content.decode()
    post.refresh_from_db()
    assert post.deleted_at is not None
    assert response.redirect_chain[-1] == (reverse("draft_list", args=[post.course.slug]), 302)
    form = re.search(r'role="status">.*?(<form.*?</form>)', html, re.DOTALL)[1]
    assert f'action="{address("post_restore", post)}"' in form
    assert "csrfmiddlewaretoken" in form


def test_a_title_in_the_undo_message_is_escaped(client, ada, course):
    post = factories.make_post(ada, course, "<b>Bold</b>", slug="bold")
    client.force_login(ada)

    html = client.post(address("post_delete", post), follow=True).content.decode()

    assert "You deleted “&lt;b&gt;Bold&lt;/b&gt;” and its comments." in html


def test_restore_brings_the_post_back(client, ada, post):
    client.force_login(ada)
    client.post(address("post_delete", post))

    response = client.post(address("post_restore", post))

    post.refresh_from_db()
    assert (post.deleted_at, post.status) == (None, Post.Status.PUBLISHED)
    assert response.url == address("post_page", post)


def test_restore_refuses_a_second_post_for_a_prompt_in_words(client, ada, course, prompt, post):
    client.force_login(ada)
    client.post(address("post_delete", post))
    factories.make_post(ada, course, "Another", prompt=prompt)

    response = client.post(address("post_restore", post))

    post.refresh_from_db()
    assert post.deleted_at is not None
    assert response.url == reverse("draft_list", args=[course.slug])


def test_restore_is_the_authors(client, bob, post):
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())
    client.force_login(bob)

    assert client.post(address("post_restore", post)).status_code == 404
