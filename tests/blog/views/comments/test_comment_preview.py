"""The preview of the small editor: the answer to its script."""

import pytest
from django.urls import reverse

from blog.models import Audience, Comment
from tests import factories


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


def preview(client, course, text, **query):
    return client.post(reverse("comment_preview", args=[course.slug], query=query), {"text": text})


def test_preview_shows_a_comment_as_it_will_be_and_saves_nothing(client, bob, course, post):
    client.force_login(bob)

    response = preview(client, course, "So *this* is ¶1, not ¶9. <script>", post=post.slug)

    html = response.content.decode()
    shown = post.render_comment("So *this* is ¶1, not ¶9. <script>").html
    assert 'href="#p1"' in shown
    assert f'<div class="prose prose-s">{shown}</div>' in html
    assert "<html" not in html
    assert not Comment.objects.exists()


def test_preview_of_feedback_has_no_links_to_paragraphs(client, instructor, course):
    client.force_login(instructor)

    html = preview(client, course, "See **¶1**.").content.decode()

    assert "<strong>¶1</strong>" in html


@pytest.mark.parametrize("text", ["", " \n"])
def test_preview_of_nothing_says_what_it_is_for(client, bob, course, post, text):
    client.force_login(bob)

    html = preview(client, course, text, post=post.slug).content.decode()

    assert "Your text appears here as readers will see it." in html


def test_preview_says_why_a_text_cannot_be_shown(client, bob, course, post):
    client.force_login(bob)

    html = preview(client, course, "<!-- -->", post=post.slug).content.decode()

    assert "<p>Your comment is empty. Write something first.</p>" in html


def test_preview_on_a_post_that_one_cannot_see_does_not_exist(client, bob, ada, course):
    post = factories.make_post(ada, course, audience=Audience.INSTRUCTORS)
    client.force_login(bob)

    assert preview(client, course, "Hm.", post=post.slug).status_code == 404
