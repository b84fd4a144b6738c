"""Facts about authors for a week's choice: who could be met, and which posts count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.discovery import Relation
from network.queries import week_choice
from network.queries.week_choice import Facts, week_of
from tests import factories


@pytest.fixture
def old():
    """Return a time before this week, in every zone."""
    return timezone.now() - timedelta(days=10)


@pytest.fixture
def post_of(course, old):
    def make(author, *works, days=0):
        post = factories.make_post(author, course, at=old + timedelta(days=days))
        for work in works:
            factories.make_reference(post, work, key=f"work{work.pk}", cited=True)
        return post

    return make


@pytest.fixture
def candidates(ada, course):
    def find():
        ada.__dict__.pop("memberships_now", None)
        return {one.post: one for one in Facts(ada, course, week_of(course)).candidates()}

    return find


def classmate(course):
    user = factories.make_user()
    factories.add_member(course, user)
    return user


def test_a_shared_work_makes_somebody_known_but_not_one_that_all_have_to_read(
    ada, course, candidates, post_of
):
    required, found = (factories.make_work(course, doi=f"10.1/{n}") for n in "ab")
    factories.make_prompt(course).required_works.add(required)
    post_of(ada, required, found)
    same_reading = post_of(classmate(course), required)
    same_find = post_of(classmate(course), found)

    relations = {post: one.relation for post, one in candidates().items()}

    assert relations == {same_reading.pk: Relation.NONE, same_find.pk: Relation.LATENT}


def test_whoever_commented_on_the_same_post_could_be_met(ada, course, candidates, post_of, old):
    host, other, stranger = (classmate(course) for _ in range(3))
    hosted, theirs, strange = post_of(host), post_of(other), post_of(stranger)
    for person in (ada, other):
        factories.make_comment(person, hosted, at=old)
    factories.make_comment(stranger, theirs, at=old)

    found = candidates()

    assert found[theirs.pk].relation is Relation.LATENT
    assert found[strange.pk].relation is Relation.NONE


def test_of_very_many_posts_some_without_a_comment_are_looked_at(
    ada, bob, course, candidates, post_of, old, monkeypatch
):
    monkeypatch.setattr(week_choice, "MAX_CANDIDATES", 3)
    monkeypatch.setattr(week_choice, "UNANSWERED_AMONG_THEM", 1)
    shared = factories.make_work(course)
    post_of(ada, shared)
    unanswered = post_of(classmate(course), days=-5)
    citing = [post_of(classmate(course), shared, days=-n) for n in range(4)]
    for post in citing:
        factories.make_comment(bob, post, at=old)

    found = {*candidates()}

    assert unanswered.pk in found
    assert len(found) == 3
    assert found <= {unanswered.pk, *(post.pk for post in citing)}
