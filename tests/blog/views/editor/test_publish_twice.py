"""Two clicks on Publish, one after the other or truly at once: one post, and no conflict."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.drafts import save_draft
from blog.actions.posts import publish_post
from blog.exceptions import StaleDraft
from blog.models import Audience, AuditEvent, Draft, Post, PostTarget, Revision
from tests import factories

ROUNDS = 4
FORM = {
    "title": "Of ties",
    "text": "Weak ones carry news.",
    "audience": Audience.COURSE,
    "confirm": "on",
}


def clients_of(user, count):
    clients = [Client() for _number in range(count)]
    for client in clients:
        client.force_login(user)
    return clients


def send_at_once(clients, address, form):
    """Send one form from all clients at the same moment; return the answers."""
    barrier, answers = threading.Barrier(len(clients)), []

    def send(client):
        barrier.wait()
        try:
            answers.append(client.post(address, form))
        finally:
            connection.close()

    senders = [threading.Thread(target=send, args=[client]) for client in clients]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return answers


def publish_new(course):
    return reverse("post_publish", args=[course.slug, "new"])


def left_over(post):
    return Draft.objects.filter(post=post).count()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [2, 4])
def test_a_new_post_published_by_several_clicks_at_once(ada, course, count):
    clients = clients_of(ada, count)
    for number in range(ROUNDS):
        form = FORM | {"key": str(uuid.uuid4()), "title": f"Of ties {number}"}

        answers = send_at_once(clients, publish_new(course), form)

        post = Post.objects.get(title=f"Of ties {number}")
        assert [answer.status_code for answer in answers] == [302] * count
        assert {answer.url for answer in answers} == {post.get_absolute_url()}
        assert (post.revisions.count(), left_over(post)) == (1, 0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_changes_published_by_two_clicks_at_once(ada, course):
    post = factories.make_post(ada, course)
    clients = clients_of(ada, 2)
    for number in range(ROUNDS):
        target = PostTarget(Post.objects.get(pk=post.pk))
        version = target.version_of(target.draft_by(ada))
        form = FORM | {"version": version, "text": f"Words {number}."}

        answers = send_at_once(
            clients, reverse("post_publish", args=[course.slug, post.slug]), form
        )

        assert [answer.status_code for answer in answers] == [302, 302]
        assert left_over(post) == 0
    assert post.revisions.count() == 1 + ROUNDS
    assert AuditEvent.objects.filter(action="post_published").count() == ROUNDS


# In the order that the threads find only now and then


@pytest.fixture
def published(ada, course):
    """Return a post that its author has just published; their tab still has the version before."""
    post = factories.make_draft_post(ada, course, title="Of ties", text="Half.")
    fields = {"title": "Of ties", "text": "Weak ones.", "audience": Audience.COURSE}
    publish_post(post, by=ada, version="0.1", **fields)
    return post, fields


def test_a_second_click_changes_nothing(published, ada):
    post, fields = published
    events = AuditEvent.objects.count()

    revision = publish_post(post, by=ada, version="0.1", **fields)

    assert revision == Revision.objects.get()
    assert AuditEvent.objects.count() == events


def test_a_second_click_that_is_late_leaves_the_words_written_since(published, ada):
    post, fields = published
    save_draft(
        PostTarget(post), by=ada, version=f"{post.publication}.0", title="Of ties", text="More."
    )

    publish_post(post, by=ada, version="0.1", **fields)
    save_draft(PostTarget(post), by=ada, version="0.1", **fields, public_until_day=None)

    assert Draft.objects.get().text == "More."
    assert Revision.objects.count() == 1


def test_a_late_click_does_not_open_a_post_that_was_closed_since(published, ada):
    post, fields = published
    publish_post(
        post, by=ada, version=f"{post.publication}.0", **fields | {"audience": Audience.ONLY_ME}
    )

    with pytest.raises(StaleDraft):
        publish_post(post, by=ada, version="0.1", **fields)

    assert Post.objects.get().audience == Audience.ONLY_ME


def test_other_words_from_before_are_a_conflict_as_ever(published, ada):
    post, fields = published

    with pytest.raises(StaleDraft):
        publish_post(post, by=ada, version="0.1", **fields | {"text": "Others."})


def test_words_typed_back_to_the_published_ones_replace_the_draft(published, ada):
    post, fields = published
    draft = save_draft(
        PostTarget(post), by=ada, version=f"{post.publication}.0", title="Of ties", text="More."
    )
    version = PostTarget(post).version_of(draft)

    save_draft(PostTarget(post), by=ada, version=version, title="Of ties", text="Weak ones.")

    assert Draft.objects.get().text == "Weak ones."


def test_a_day_of_a_wider_audience_makes_no_difference(published, ada):
    post, fields = published
    until = timezone.now() + timedelta(days=9)

    publish_post(post, by=ada, version="0.1", **fields, public_until=until)

    assert Revision.objects.count() == 1
