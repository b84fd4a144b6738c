"""People a learner could meet: facts that are no reason, and facts that are not read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Prompt
from network import ties
from network.queries import discover
from network.queries.discover import people_to_meet
from network.queries.ego_network import load_ego_network
from network.queries.tie_evidence import load_tie_evidence
from tests import factories
from tests.rows_read import counting_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(course, prompt):
    """Return a work that a prompt requires."""
    work = factories.make_work(course, doi="10.1/reading")
    prompt.required_works.add(work)
    return work


def classmate(course):
    user = factories.make_user()
    factories.add_member(course, user)
    return user


def post_citing(author, course, *works):
    post = factories.make_post(author, course, at=timezone.now() - timedelta(days=5))
    for work in works:
        factories.make_reference(post, work, key=f"work{work.pk}", cited=True)
    return post


def people(reader, course):
    return [(one.person, one.work) for one in people_to_meet(reader, course, met=set(), limit=9)]


def test_a_work_that_a_prompt_requires_is_no_reason(ada, bob, course, reading):
    post_citing(ada, course, reading)
    post_citing(bob, course, reading)

    assert people(ada, course) == []

    Prompt.required_works.through.objects.all().delete()
    assert people(ada, course) == [(bob, reading)]


def make_strangers(course, count, reading):
    """Add students who cite the required reading and write to each other, not to the reader."""
    strangers = [classmate(course) for _ in range(count)]
    posts = [post_citing(one, course, reading) for one in strangers]
    for place, post in enumerate(posts):
        factories.make_comment(strangers[place - 1], post)


def test_a_network_is_read_without_those_who_have_nothing_to_do_with_it(ada, bob, course, reading):
    """However large the class is: as many rows are read for a page of one's network."""
    work = factories.make_work(course, doi="10.1/work")
    post_citing(ada, course, reading, work)
    other = classmate(course)
    factories.make_comment(ada, post_citing(bob, course, work))
    factories.make_comment(other, post_citing(bob, course, work))

    def rows():
        ada.__dict__.pop("memberships_now", None)
        with counting_rows() as count:
            network = load_ego_network(ada, course)
            assert load_tie_evidence(ada, course, bob.username, None)
        assert [one.person for one in network["build"]] == [other]
        return count.rows

    make_strangers(course, 3, reading)
    ties.rebuild(course)
    few = rows()
    make_strangers(course, 9, reading)
    ties.rebuild(course)

    assert rows() == few


@pytest.mark.parametrize("is_suggested", [True, False])
def test_people_are_suggested_by_whom_both_write_to(ada, bob, course, monkeypatch, is_suggested):
    """Whether or not the reader is suggested to others, and in however large a course."""
    cyn = classmate(course)
    for writer in (ada, cyn):
        factories.make_comment(writer, factories.make_post(bob, course))
    others = set() if is_suggested else {ada.pk}

    found = [
        [(one.person, one.peer) for one in people_to_meet(ada, course, met=met, limit=9)]
        for met in ({bob.pk, *others}, {bob.pk, cyn.pk, *others})
    ]

    assert found == [[(cyn, bob)], []]
    monkeypatch.setattr(discover, "MAX_LISTED", 0)
    assert [
        [(one.person, one.peer) for one in people_to_meet(ada, course, met=met, limit=9)]
        for met in ({bob.pk, *others}, {bob.pk, cyn.pk, *others})
    ] == found


def test_nothing_is_asked_where_everybody_is_met(ada, bob, course, django_assert_num_queries):
    ada.memberships_now  # noqa: B018, loaded once per request

    with django_assert_num_queries(1):
        assert people_to_meet(ada, course, met={bob.pk}, limit=9) == []
