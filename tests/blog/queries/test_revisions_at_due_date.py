"""The text as it stood at the deadline, beside the text now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Audience, Post
from blog.queries.revisions import revision_at_due_date
from tests import factories

DUE = timezone.now().replace(second=0, microsecond=0) - timedelta(days=3)


@pytest.fixture
def due(course):
    return factories.make_prompt(course, due_at=DUE)


def make_post(author, prompt, *days, **fields):
    """Make a post published first, and again, so many days after it was due."""
    first, *later = (DUE + timedelta(days=day) for day in days)
    text = fields.pop("text", "The first text.")
    post = factories.make_post(author, prompt.course, text=text, prompt=prompt, at=first, **fields)
    for at in later:
        factories.publish_again(post, f"Text of {at:%d}.", created_at=at)
    return Post.objects.for_page().get(pk=post.pk)


def number_at_due_date(post):
    revision = revision_at_due_date(post)
    return revision and revision.number


@pytest.mark.parametrize(
    ("days", "number"),
    [((-1,), None), ((-2, -1), None), ((-2, -1, 1, 2), 2), ((1, 2), None)],
    ids=["once", "all in time", "changed after it", "late from the start"],
)
def test_the_version_at_the_due_date_is_there_if_it_changed_since(ada, due, days, number):
    assert number_at_due_date(make_post(ada, due, *days)) == number


def test_the_due_minute_is_on_time(ada, due):
    post = factories.make_post(ada, due.course, prompt=due, at=DUE - timedelta(days=1))
    factories.publish_again(post, created_at=DUE + timedelta(seconds=59))
    factories.publish_again(post, created_at=DUE + timedelta(seconds=60))

    assert number_at_due_date(Post.objects.for_page().get(pk=post.pk)) == 2


def test_an_extension_counts_as_the_due_date(ada, due, instructor):
    factories.make_extension(due, ada, instructor, days=2)

    assert number_at_due_date(make_post(ada, due, -1, 1)) is None


def test_a_version_for_its_author_alone_stays_theirs(ada, due):
    post = make_post(ada, due, -1, 1)
    post.revisions.filter(number=1).update(audience=Audience.ONLY_ME)

    assert number_at_due_date(post) is None


def test_a_post_without_a_prompt_has_none(course, ada, django_assert_num_queries):
    post = factories.make_post(ada, course)

    with django_assert_num_queries(0):
        assert revision_at_due_date(post) is None


def test_the_desk_shows_both_texts(client, ada, due, instructor):
    post = make_post(ada, due, -1, 1, text="Before the deadline.")
    address = factories.desk_address(post)
    client.force_login(instructor)

    now = client.get(address)
    then = client.get(f"{address}?text=due")

    assert now.context["shown_revision"].number == 2
    assert "As it was on the due date" in now.content.decode()
    assert "Before the deadline." not in now.content.decode()
    assert "Before the deadline." in then.content.decode()
    assert then.context["form"]["revision"].value() == post.revision_id


def test_the_teams_view_of_a_post_leads_to_the_text_at_the_deadline(
    client, course, ada, bob, due, instructor
):
    address = make_post(ada, due, -1, 1).get_absolute_url()

    pages = {}
    for person in (instructor, bob, ada):
        client.force_login(person)
        pages[person.display_name] = (
            "As it was on the due date" in client.get(address).content.decode()
        )

    assert pages == {"Ines Instructor": True, "Bob Student": False, "Ada Student": False}
