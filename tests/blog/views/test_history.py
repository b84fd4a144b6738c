"""The history of a post: its author and the teaching team read it, nobody else."""

import pytest
from django.urls import reverse

from blog.actions.posts import publish_post
from blog.actions.references import add_work, shelve
from blog.models import Audience
from tests import factories


@pytest.fixture
def post(ada, course):
    """A post published twice."""
    post = factories.make_draft_post(ada, course)
    shelve(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    for text in ("First, with [@granovetter1973].", "Second."):
        publish(post, text)
    return post


def publish(post, text, audience=Audience.COURSE):
    return publish_post(post, by=post.author, title="Ties", text=text, audience=audience)


def listing(post):
    return reverse("revision_list", args=[post.course.slug, post.slug])


def reading(post, number):
    return reverse("revision_page", args=[post.course.slug, post.slug, number])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 302),
        ("eve", 404),
        ("bob", 403),
        ("observer", 403),
        ("ada", 200),
        ("assistant", 200),
        ("instructor", 200),
    ],
)
@pytest.mark.parametrize("address", [listing, lambda post: reading(post, 1)])
def test_history_answers_by_role(client, post, request, who, status, address):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert client.get(address(post)).status_code == status


def test_the_list_names_every_text_and_the_one_that_is_read(client, ada, post):
    client.force_login(ada)

    answer = client.get(listing(post))

    assert [revision.number for revision in answer.context["revisions"]] == [2, 1]
    assert answer.content.decode().count("What readers see") == 1


def test_an_earlier_text_is_shown_as_it_was_with_its_references(client, ada, post):
    client.force_login(ada)

    text = client.get(reading(post, 1)).content.decode()

    assert 'First, with (<a class="cite" href="#ref-granovetter1973">' in text
    assert 'id="ref-granovetter1973"' in text
    assert "This is an earlier text." in text


def test_there_is_no_text_that_was_not_published(client, ada, post):
    client.force_login(ada)

    assert client.get(reading(post, 3)).status_code == 404


def test_what_a_writer_kept_to_themselves_stays_theirs_when_the_post_opens(
    client, ada, instructor, course
):
    post = factories.make_draft_post(ada, course)
    publish(post, "For me alone.", Audience.ONLY_ME)
    publish(post, "For everybody.")

    client.force_login(instructor)
    assert [r.number for r in client.get(listing(post)).context["revisions"]] == [2]
    assert client.get(reading(post, 1)).status_code == 404
    client.force_login(ada)
    assert client.get(reading(post, 1)).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_takes_the_same_queries_for_any_history(
    client, ada, post, more, django_assert_num_queries
):
    for number in range(more):
        publish(post, f"More {number}.")
    client.force_login(ada)

    with django_assert_num_queries(5):
        client.get(listing(post))
