"""A tab from before its post was narrowed, withdrawn or published again: it opens nothing."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.post_states import withdraw_post
from blog.actions.posts import publish_post, republish_post
from blog.models import Audience, Draft, Post, PostTarget
from tests import factories
from tests.blog.views.editor.buttons import button

COURSE, ONLY_ME = Audience.COURSE, Audience.ONLY_ME
TEXT = "Weak ones carry news."


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Of ties", TEXT)


@pytest.fixture
def writer(client, ada):
    client.force_login(ada)
    return client


def opened(post):
    """Return what the editor of a post sends, with the version it had when it was opened."""
    target = PostTarget(Post.objects.get(pk=post.pk))
    version = target.version_of(target.draft_by(post.author))
    return {
        "title": "Of ties",
        "text": TEXT,
        "audience": post.audience,
        "confirm": "on",
        "version": version,
    }


def publish(post, audience, **fields):
    publish_post(post, by=post.author, title="Of ties", text=TEXT, audience=audience, **fields)


def in_another_tab(post, change):
    if change == "withdrawn":
        withdraw_post(post, by=post.author)
    else:
        publish(post, change)


@pytest.mark.parametrize("text", [TEXT, TEXT + "!"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ONLY_ME, "It is now visible to: only me."),
        (Audience.INSTRUCTORS, "It is now visible to: me and the teaching team."),
        ("withdrawn", "This post was withdrawn in another tab or device."),
    ],
)
def test_an_old_tab_does_not_open_a_narrowed_post(writer, post, change, said, text):
    form = opened(post) | {"text": text}
    in_another_tab(post, change)
    state = Post.objects.values().get()

    response = writer.post(button("post_publish", post), form)

    assert response.status_code == 409
    assert Post.objects.values().get() == state
    page = response.content.decode()
    assert said in page
    assert "Here you chose: course." in page
    assert "Nothing is lost" in page


def test_the_tab_that_typed_last_does_not_publish_a_post_that_was_withdrawn(writer, ada, post):
    tab = {"writer": ada.pk, "tab": str(uuid.uuid4())}
    save = reverse("draft_save", args=[post.course.slug, post.slug])
    form = opened(post) | tab | {"text": "Typed here.", "seq": 1}
    version = writer.post(save, form).json()["version"]
    withdraw_post(post, by=ada)

    response = writer.post(button("post_publish", post), form | {"version": version, "seq": 2})
    again = writer.post(save, form | {"version": version, "text": "And here.", "seq": 3})

    assert (response.status_code, again.status_code) == (409, 409)
    assert "This post was withdrawn in another tab" in again.json()["conflict"]
    assert Post.objects.get().is_withdrawn


def test_a_chosen_version_is_published_as_its_writer_then_says(writer, post):
    form = opened(post) | {"text": "Typed here."}
    publish(post, ONLY_ME)
    conflict = writer.post(button("post_publish", post), form)
    [copy] = conflict.context["conflicts"]

    writer.post(button("conflict_keep", post, copy["copy"].pk), form | {"seen": copy["seen"]})
    response = writer.post(button("post_publish", post), opened(post) | {"text": "Typed here."})

    assert response.status_code == 302
    assert Post.objects.get().audience == post.audience
    assert not Draft.objects.conflict_copies().exists()


def test_a_tab_that_knows_the_audience_of_now_saves_as_ever(writer, post):
    form = opened(post) | {"text": "Typed here."}
    publish(post, ONLY_ME)
    publish(post, COURSE)

    response = writer.post(button("post_publish", post), form)

    assert response.status_code == 302


def test_a_pod_and_the_last_public_day_count_too(ada, post):
    pod = factories.make_pod(post.course, "Moss", ada)
    known = {post.publication}
    publish(post, Audience.POD)
    known.add(post.publication)
    assert f"pod{pod.pk}" in post.publication
    publish(post, Audience.PUBLIC)
    known.add(post.publication)
    publish(post, Audience.PUBLIC, public_until=timezone.now() + timedelta(9))
    known.add(post.publication)

    assert len(known) == 4


def test_an_old_page_publishes_a_withdrawn_post_to_nobody_else(writer, ada, post):
    publish(post, ONLY_ME)
    withdraw_post(post, by=ada)
    page = writer.get(post.get_absolute_url()).content.decode()
    assert f'name="version" value="{post.publication}"' in page
    known = post.publication
    republish_post(post, by=ada)
    publish(post, COURSE)
    withdraw_post(post, by=ada)

    response = writer.post(
        reverse("post_republish", args=[post.course.slug, post.slug]),
        {"version": known},
        follow=True,
    )

    page = response.content.decode()
    assert "Nothing was published: this post was changed in another tab or device." in page
    assert "it is visible, with its comments, to: course." in page
    assert Post.objects.get().is_withdrawn
