"""The passage that a comment is on, in feeds: its words above those of the comment."""

import pytest
from django.urls import reverse

from blog.actions.comments import add_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Comment
from blog.text.passages import Selection
from tests.blog.views.feeds.atom_rules import read

TEXT = '<p dir="auto">Why?</p>'
QUOTED = f'<blockquote dir="auto">Nobody crosses &lt;them&gt;</blockquote>{TEXT}'


def publish(post, text, audience):
    publish_post(post, by=post.author, title="Ties", text=text, audience=audience)
    return post


def comment_on(post, by):
    selection = Selection(post.revision.number, "Nobody crosses <them>")
    everyone = Comment.Audience.EVERYONE
    add_comment(post, by=by, text="Why?", selection=selection, audience=everyone)


def texts(client, address):
    return [entry.content[0].value for entry in read(client.get(address)).entries]


@pytest.fixture
def post(ada, course):
    """Return a post that only Ada and the teaching team can read so far."""
    text = "Weak ties carry *news*.\n\nNobody crosses &lt;them&gt; twice."
    return publish(start_post(course, by=ada), text, Audience.INSTRUCTORS)


def test_its_words_are_quoted(client, ada, instructor, course, post):
    comment_on(post, instructor)
    client.force_login(ada)

    assert texts(client, reverse("comment_feed", args=[course.slug, post.slug])) == [QUOTED]


def test_words_that_a_reader_could_not_read_are_not(client, ada, bob, instructor, course, post):
    comment_on(post, instructor)
    publish(post, "Weak ties carry *news*.", Audience.PUBLIC)
    Comment.objects.update(audience=Comment.Audience.EVERYONE)
    in_course = reverse("comment_feed", args=[course.slug, post.slug])
    in_public = reverse("post_public_comments", args=[post.pk, post.slug])

    found = {}
    for reader in (None, bob, ada, instructor):
        client.logout()
        if reader:
            client.force_login(reader)
        address = in_course if reader else in_public
        found[reader] = texts(client, address)

    assert found == {
        None: [TEXT],
        bob: [TEXT],
        ada: [QUOTED],
        instructor: [QUOTED],
    }


def test_a_feed_costs_the_same_at_one_passage_and_at_three(
    client, ada, instructor, course, post, django_assert_num_queries
):
    client.force_login(ada)
    address = reverse("comment_feed", args=[course.slug, post.slug])
    for more in (1, 2):
        for _ in range(more):
            comment_on(post, instructor)
        with django_assert_num_queries(5):  # session, memberships, post, comments, mutes
            client.get(address)
