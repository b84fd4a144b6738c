"""The list of one's own drafts and posts."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from blog.queries.drafts import OwnDrafts
from tests import factories


def page_of(client, user, url):
    client.force_login(user)
    return client.get(url)


# Four questions


def test_observers_have_no_drafts(client, course, observer):
    assert page_of(client, observer, reverse("draft_list", args=[course.slug])).status_code == 403


# Lists


def test_post_drafts_sorts_what_is_the_readers_own(client, ada, bob, course):
    draft = factories.make_draft_post(ada, course, "Begun")
    changed = factories.make_post(ada, course, "Changed")
    changed.drafts.create(user=ada, title="Changed again", text="More.")
    withdrawn = factories.make_post(ada, course, "Back")
    Post.objects.filter(pk=withdrawn.pk).update(status=Post.Status.WITHDRAWN)
    deleted = factories.make_post(ada, course, "Gone", deleted_at=timezone.now())
    factories.make_post(ada, course, "Lost", deleted_at=timezone.now() - timedelta(days=31))
    factories.make_post(ada, course, "Published")
    factories.make_draft_post(bob, course, "Bob’s")

    context = page_of(client, ada, reverse("draft_list", args=[course.slug])).context

    assert context["drafts"] == OwnDrafts([draft], [changed], [withdrawn], [deleted])


def test_post_drafts_costs_the_same_at_one_and_three(
    client, django_assert_num_queries, ada, course
):
    client.force_login(ada)
    url = reverse("draft_list", args=[course.slug])
    factories.make_draft_post(ada, course)

    with django_assert_num_queries(5):
        client.get(url)
    factories.make_draft_post(ada, course)
    factories.make_draft_post(ada, course)
    with django_assert_num_queries(5):
        client.get(url)


def test_post_drafts_empty(client, ada, course):
    html = page_of(client, ada, reverse("draft_list", args=[course.slug])).content

    assert b"No drafts" in html
