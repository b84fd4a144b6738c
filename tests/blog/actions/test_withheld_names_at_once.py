"""A name is withheld while others write: each reads what it waited for, and none waits for ever."""

import pytest

from blog.actions.posts import publish_post
from blog.actions.references import cite_post
from blog.actions.withheld_names import print_name, withhold_name
from blog.models import Audience, Course, Membership, Post, SearchEntry, User
from tests import factories
from tests.threads import on_postgresql, queueing

pytestmark = [pytest.mark.django_db(transaction=True), on_postgresql]


@pytest.fixture
def cleo(course):
    user = factories.make_user("Cleo Lovelace", username="quiet-heron-4821", public_name="Cleo L.")
    factories.add_member(course, user)
    return user


@pytest.fixture
def citing(cleo, bob, course):
    cited = factories.make_post(cleo, course, "Half-open doors")
    post = factories.make_draft_post(bob, course)
    reference = cite_post(cited, by=bob, onto=post, url="https://example.org/")
    reference.key = "doors"
    reference.save()
    return post


def decide(action, course, cleo):
    """Withhold or print a name as somebody does whose page was loaded just now."""
    member = Membership.objects.select_related("user", "course").get(course=course, user=cleo)
    action(member, by=course.memberships.instructors().get().user)


def publish(post):
    post = Post.objects.get(pk=post.pk)
    fields = {"title": "T", "text": "As in [@doors].", "audience": Audience.COURSE}
    publish_post(post, by=post.author, **fields)


def stored(post):
    post.refresh_from_db()
    words = SearchEntry.objects.get(post=post).words
    return str([post.revision.html, post.revision.references, words]).lower()


def test_of_two_courses_at_once_the_second_counts_the_first(course, cleo, eve):
    other = eve.memberships.get().course
    factories.add_member(other, cleo)
    decide(withhold_name, course, cleo)

    with queueing(lambda: decide(print_name, course, cleo)) as results:
        decide(withhold_name, other, cleo)

    assert results == [None]
    person = User.objects.get(pk=cleo.pk)
    assert (person.is_confidential, person.signed_name) == (True, "Quiet Heron")


def test_a_post_that_is_published_during_the_wait_has_no_name(course, cleo, citing):
    with queueing(lambda: publish(citing)) as results:
        decide(withhold_name, course, cleo)

    assert results == [None]
    assert "heron" in stored(citing)
    assert "lovelace" not in stored(citing)


@pytest.mark.parametrize("first", ["withhold", "publish"])
def test_publishing_and_withholding_do_not_wait_for_each_other(course, cleo, citing, first):
    """The course is held by a third, so that each of them gets as far as it can without it."""
    both = [lambda: decide(withhold_name, course, cleo), lambda: publish(citing)]

    with queueing(*(both if first == "withhold" else reversed(both))) as results:
        Course.objects.select_for_update(no_key=True).get(pk=course.pk)

    assert results == [None, None]
    assert "lovelace" not in stored(citing)
