"""The editor's hints on a text and its references: while writing, and once at publishing."""

import pytest

from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Post
from tests import factories
from tests.blog.views.editor.buttons import button


@pytest.fixture
def post(ada, course):
    """A draft with one reference."""
    post = factories.make_draft_post(ada, course)
    add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    return post


def send(client, post, text, action, **fields):
    client.force_login(post.author)
    form = {"title": "Ties", "text": text, "audience": post.audience}
    return client.post(button(action, post), form | fields)


def status(post):
    return Post.objects.get(pk=post.pk).status


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("(Granovetter, 1983)", "The text says “Granovetter, 1983”, but your references say"),
        ("(Luna, 2020) [@granovetter1973]", "but it is not in your references"),
        ("Nothing.", "the text doesn’t cite it"),
        ("“Ties are weak and many here” [@granovetter1973]", "is a direct quotation"),
        ("“" + "tie " * 40 + "” [@granovetter1973, p. 3]", "begins a quotation of 40 words"),
        ("(Mark Granovetter, 1973) [@granovetter1973]", "One reference has two names"),
    ],
)
def test_the_editor_shows_what_does_not_agree(client, post, text, sentence):
    page = send(client, post, text, "post_preview").content.decode()

    assert "One thing to check in your references" in page
    assert sentence in page


def test_the_editor_is_silent_where_all_agrees(client, post):
    page = send(client, post, "Ties are many [@granovetter1973].", "post_preview").content.decode()

    assert "to check in your references" not in page


def test_an_empty_editor_has_no_hints(client, post):
    page = send(client, post, "", "post_preview").content.decode()

    assert "to check in your references" not in page


def test_publishing_asks_once_and_then_publishes_as_it_is(client, post):
    text = "Ties are many (Granovetter, 1983)."

    asked = send(client, post, text, "post_publish")

    assert (asked.status_code, status(post)) == (200, Post.Status.DRAFT)
    page = asked.content.decode()
    assert "Check this before you publish:" in page
    assert "Publish anyway" in page
    assert page.count("The text says “Granovetter, 1983”") == 2  # beside the text, and asking

    published = send(client, post, text, "post_publish", confirm="1", version="0.2")

    assert (published.status_code, status(post)) == (302, Post.Status.PUBLISHED)


def test_publishing_asks_nothing_where_all_agrees(client, post):
    answer = send(client, post, "Ties are many [@granovetter1973].", "post_publish")

    assert (answer.status_code, status(post)) == (302, Post.Status.PUBLISHED)


def test_what_is_typed_shows_as_typed(client, post):
    text = "(Luna <script>alert(1)</script> & Sol, 2020) [@granovetter1973]"

    page = send(client, post, text, "post_preview").content.decode()

    assert "<script>alert(1)" not in page
