"""Withdrawing, deleting and restoring a post."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, AuditEvent, Post
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
    assert response.redirect_chain[-1] == (reverse("course_work", args=[post.course.slug]), 302)
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
    assert response.url == reverse("course_work", args=[course.slug])


def test_restore_is_the_authors(client, bob, post):
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())
    client.force_login(bob)

    assert client.post(address("post_restore", post)).status_code == 404


# Publish again


def republish(client, author, post):
    client.force_login(author)
    form = {"version": post.publication}
    return client.post(address("post_republish", post), form, follow=True)


def test_a_withdrawn_post_is_published_again_by_one_button(client, ada, bob, post):
    factories.make_comment(bob, post)
    client.force_login(ada)
    client.post(address("post_withdraw", post))

    page = client.get(address("post_page", post)).content.decode()
    post.refresh_from_db()
    response = republish(client, ada, post)

    assert page.count("btn-primary") == 1
    assert f'action="{address("post_republish", post)}"' in page
    assert "it is visible, with its comments, to: course." in page
    post.refresh_from_db()
    assert (post.is_published, post.revisions.count()) == (True, 1)
    assert "Your post is published again, with its comments." in response.content.decode()
    assert page_of(client, bob, address("post_page", post)).status_code == 200


def test_publishing_again_keeps_what_was_written_since(client, ada, course):
    post = factories.make_withdrawn_post(ada, course)
    draft = factories.make_draft(ada, post, "Better words.")
    client.force_login(ada)

    page = client.get(address("post_page", post)).content.decode()
    republish(client, ada, post)

    assert "Your unpublished changes stay in your draft." in page
    draft.refresh_from_db()
    assert draft.text == "Better words."
    assert post.revisions.get().text == "Some words."


def test_with_another_post_for_the_prompt_it_stays_withdrawn(client, ada, course, prompt):
    post = factories.make_withdrawn_post(ada, course, "First", prompt=prompt)
    factories.make_post(ada, course, "Second", prompt=prompt)

    client.force_login(ada)
    page = client.get(address("post_page", post)).content.decode()
    response = republish(client, ada, post)

    assert "You have another post for this prompt" in page
    assert "Publish again" not in page
    assert "You already have a post for this prompt." in response.content.decode()
    post.refresh_from_db()
    assert post.is_withdrawn


def test_a_pod_post_goes_to_the_pod_one_is_in_now(client, ada, bob, course):
    post = factories.make_withdrawn_post(ada, course, audience=Audience.POD)
    client.force_login(ada)

    refused = republish(client, ada, post).content.decode()
    pod = factories.make_pod(course, "Alder", ada, bob)
    page = client.get(address("post_page", post)).content.decode()
    republish(client, ada, post)

    assert "You are not in a pod yet." in refused
    assert "with its comments, to: Alder and the teaching team." in page
    post.refresh_from_db()
    assert (post.is_published, post.pod) == (True, pod)


def test_the_teaching_team_has_no_button_to_publish_it_again(client, ada, instructor, course):
    post = factories.make_withdrawn_post(ada, course)

    page = page_of(client, instructor, address("post_page", post)).content.decode()

    assert "The author has withdrawn this post." in page
    assert "Publish again" not in page


def test_publishing_again_twice_is_done_once(client, ada, course):
    post = factories.make_withdrawn_post(ada, course)

    for _ in range(2):
        republish(client, ada, post)

    assert AuditEvent.objects.filter(action="post_published").count() == 1
