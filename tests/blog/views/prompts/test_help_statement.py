import pytest
from django.urls import reverse

from blog.models import Post
from tests import factories

ASKED = "The prompt asks which people, tools and AI tools helped you."
SENT = {"title": "T", "text": "All I have.", "audience": 30}


@pytest.fixture
def asking(course):
    return factories.make_prompt(course, asks_for_help=True)


@pytest.fixture
def post(course, asking, ada):
    return factories.make_draft_post(ada, course, slug="half", prompt=asking)


def publish(client, post, **fields):
    address = reverse("post_publish", args=[post.course.slug, post.slug])
    return client.post(address, SENT | fields, follow=True)


def is_published(post):
    return Post.objects.get(pk=post.pk).is_published


def test_publishing_asks_for_the_statement_and_can_go_on_without_it(client, post, ada):
    client.force_login(ada)

    asked = publish(client, post).content.decode()
    assert ASKED in asked
    assert reverse("process_note_edit", args=["networks", "half"]) in asked
    assert not is_published(post)

    publish(client, post, confirm="on")
    assert is_published(post)


def test_nothing_is_asked_once_there_is_a_statement(client, post, ada):
    factories.make_help_statement(post)
    client.force_login(ada)

    assert ASKED not in publish(client, post).content.decode()
    assert is_published(post)


def test_nothing_is_asked_where_the_prompt_does_not_ask(client, course, prompt, ada):
    post = factories.make_draft_post(ada, course, slug="half", prompt=prompt)
    client.force_login(ada)

    assert ASKED not in publish(client, post).content.decode()


def test_editor_and_prompt_say_that_it_is_asked_for(client, asking, post, ada):
    client.force_login(ada)

    editor = client.get(reverse("post_edit", args=["networks", "half"])).content.decode()
    page = client.get(asking.get_absolute_url()).content.decode()

    assert "not written yet" in editor
    assert "Say which people, tools and AI tools helped you" in page


def test_the_team_sees_the_statement_or_that_there_is_none(client, course, asking, ada, assistant):
    post = factories.make_post(ada, course, prompt=asking)
    client.force_login(assistant)
    address = factories.desk_address(post)

    without = client.get(address).content.decode()
    factories.make_help_statement(post, people="My sister read it.")
    with_it = client.get(address).content.decode()

    assert "No statement of help. The prompt asks for one." in without
    assert "My sister read it." in with_it
    assert "No statement of help" not in with_it
