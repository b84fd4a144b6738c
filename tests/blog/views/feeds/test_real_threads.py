"""Real threads of a forum: 59 posts with 457 comments, on their pages and in their feeds."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import Comment, FeedAddress, Post
from tests import factories
from tests.blog.views.feeds.atom_rules import read
from tests.forum import load_forum, read_threads

WORD = re.compile(r"[^\W_]+")  # an underscore is emphasis in the typed text
TAG = re.compile(r"<[^>]*>")
LABELLED = re.compile(r"\[([^\[\]]*)\]\(\S+?\)")


def words_of(html):
    """Return the words that a reader sees, in their order."""
    return WORD.findall(unescape(TAG.sub(" ", html)))


def words_written(text):
    """Return the words of a text of the forum, without the addresses behind its links."""
    if text.source != text.markdown:
        return words_of(text.source)
    return WORD.findall(LABELLED.sub(r"\1", text.source))


@pytest.fixture
def forum(db, real_data):
    threads = read_threads(real_data / "forum" / "history-meta-threads.json")
    return threads, *load_forum(threads, "history")


@pytest.mark.slow
@pytest.mark.long
def test_real_threads_are_shown_and_their_feeds_are_valid(forum, client):
    threads, course, posts = forum
    reader = factories.make_user("A Reader")
    factories.add_member(course, reader)
    FeedAddress.objects.create(user=reader, posts_token="secret")
    client.force_login(reader)
    assert (Post.objects.count(), Comment.objects.count()) == (59, 457)

    entries = {}
    for member in course.memberships.all():
        place = ["secret", course.slug, member.user.username]
        feed = read(Client().get(reverse("secret_person_feed", args=place)))
        entries |= {entry.link: entry for entry in feed.entries}

    assert len(entries) == 59
    for (title, question), post in zip(threads, posts, strict=True):
        page = client.get(post.get_absolute_url()).content.decode()
        entry = entries[f"http://127.0.0.1:8000{post.get_absolute_url()}"]
        assert entry.title == " ".join(title.split())
        assert entry.author == question.user
        _assert_same_words(entry, question, page)
        replies = [one for first in question.replies for one in (first, *first.replies)]
        comments = read(Client().get(next(x.href for x in entry.links if x.rel == "replies")))
        found = sorted(comments.entries, key=lambda one: (one.published, one.author))
        asked = sorted(replies, key=lambda one: (one.written.isoformat(), one.user))
        assert [one.author for one in found] == [one.user for one in asked]
        for comment, reply in zip(found, asked, strict=True):
            _assert_same_words(comment, reply, page)
        ids = {entry.id, *(comment.id for comment in comments.entries)}
        assert {comment["thr_in-reply-to"]["ref"] for comment in comments.entries} <= ids


def _assert_same_words(entry, text, page):
    """Assert that a text's words are all in its entry, and the page shows the entry's words."""
    html = entry.content[0].value
    assert words_of(html) == words_written(text)
    assert " ".join(words_of(html)) in " ".join(words_of(page))
