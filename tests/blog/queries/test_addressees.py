"""Possible addressees of a comment, offered to its writer and nobody else."""

import pytest
from django.utils import timezone

from blog.models import Comment
from blog.queries.addressees import called_addressees, former_addressee
from blog.queries.comments import possible_addressees
from tests import factories


@pytest.fixture
def marisol(course):
    user = factories.make_user("Marisol Vega")
    factories.add_member(course, user)
    return user


@pytest.fixture
def post(ada, marisol, course):
    post = factories.make_post(ada, course)
    factories.make_comment(marisol, post)
    return post


def test_who_is_called_and_takes_part_is_offered(bob, marisol, post):
    comment = factories.make_comment(bob, post, "Thanks Marisol, I see.")

    assert called_addressees(comment, bob) == [marisol]


def test_nobody_is_offered_who_is_the_addressee_already(ada, bob, post):
    assert called_addressees(factories.make_comment(bob, post, "Hi Ada, and Marisol!"), bob) == []


def test_nobody_is_offered_who_does_not_take_part(bob, instructor, post):
    assert called_addressees(factories.make_comment(bob, post, "Hi Ines!"), bob) == []


def test_nobody_but_its_writer_is_offered_anything(ada, bob, instructor, post):
    comment = factories.make_comment(bob, post, "Thanks Marisol, I see.")

    assert [called_addressees(comment, one) for one in (ada, instructor)] == [[], []]


@pytest.mark.parametrize(
    "fields", [{"addressee_corrected": True}, {"deleted_at": timezone.now(), "tied": False}]
)
def test_nothing_is_offered_once_it_is_settled_or_deleted(bob, post, fields):
    comment = factories.make_comment(bob, post, "Thanks Marisol, I see.", **fields)

    assert called_addressees(comment, bob) == []


def test_people_who_share_a_name_are_both_offered(bob, course, marisol, post):
    other = factories.make_user("Marisol Ruiz")
    factories.add_member(course, other)
    factories.make_comment(other, post)

    comment = factories.make_comment(bob, post, "Thanks Marisol, I see.")

    assert called_addressees(comment, bob) == [other, marisol]


def test_a_comment_that_its_writer_cannot_see_names_nobody(bob, course, post):
    hidden = factories.make_user("Zoë Brandt")
    factories.add_member(course, hidden)
    factories.make_comment(hidden, post, state=Comment.State.HIDDEN)

    assert called_addressees(factories.make_comment(bob, post, "Hi Zoë!"), bob) == []


def test_people_of_the_thread_and_the_author_come_first(ada, bob, course, marisol, post):
    aaron = factories.make_user("Aaron Early")
    factories.add_member(course, aaron)
    factories.make_comment(aaron, post)
    top = post.comments.get(author=marisol)
    reply = factories.make_comment(bob, post, parent=top)

    assert list(possible_addressees(reply, bob)) == [ada, marisol, aaron]


def test_former_addressee_is_offered_to_whom_can_correct(ada, bob, marisol, instructor, post):
    comment = factories.make_comment(bob, post, addressee=marisol, addressee_corrected=True)

    assert former_addressee(comment, bob, ada.pk) == ada
    assert former_addressee(comment, instructor, ada.pk) == ada
    assert former_addressee(comment, ada, ada.pk) is None
    assert former_addressee(comment, bob, marisol.pk) is None
    assert former_addressee(comment, bob, instructor.pk) is None
    assert former_addressee(comment, bob, None) is None
