"""Signals from blog to network: every action on comments and posts reaches the ties."""

from datetime import timedelta

import pytest
from django.db import transaction

from blog.actions.comments import (
    add_comment,
    correct_addressee,
    delete_comment,
    edit_comment,
    hide_comment,
    restore_comment,
    show_comment,
)
from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import publish_post
from blog.models import Audience, Course, send_interactions_changed
from blog.signals import course_saved
from network import ties
from network.models import TieClock
from tests import factories
from tests.network.ties.support import arcs, make_student, make_term, on


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


@pytest.fixture
def comment(bob, post):
    return add_comment(post, by=bob, text="A thought.")


def people(course):
    """Return who has an arc to whom, having made sure that they are what the comments say."""
    assert ties.check(course) == []
    return [arc[:2] for arc in arcs(course)]


def test_a_new_comment_ties(course, ada, bob, comment):
    assert people(course) == [(bob.pk, ada.pk)]


def test_an_edited_comment_ties_as_before(course, ada, bob, comment):
    edit_comment(comment, by=bob, text="Another thought.")

    assert people(course) == [(bob.pk, ada.pk)]


def test_a_deleted_comment_unties_and_a_restored_one_ties_again(course, ada, bob, comment):
    delete_comment(comment, by=bob)
    assert people(course) == []

    restore_comment(comment, by=bob)
    assert people(course) == [(bob.pk, ada.pk)]


def test_a_hidden_comment_unties_and_a_shown_one_ties_again(course, ada, bob, instructor, comment):
    hide_comment(comment, by=instructor)
    assert people(course) == []

    show_comment(comment, by=instructor)
    assert people(course) == [(bob.pk, ada.pk)]


def test_a_corrected_addressee_moves_the_tie(course, ada, bob, instructor, post, comment):
    answer = add_comment(post, by=instructor, text="Yes.", parent=comment)
    assert people(course) == sorted([(bob.pk, ada.pk), (instructor.pk, bob.pk)])

    correct_addressee(answer, by=instructor, addressee=ada)
    assert people(course) == sorted([(bob.pk, ada.pk), (instructor.pk, ada.pk)])


def test_deleting_a_parent_changes_nothing_for_its_replies(course, ada, bob, post, comment):
    add_comment(post, by=ada, text="Yes.", parent=comment)

    delete_comment(comment, by=bob)

    assert people(course) == [(ada.pk, bob.pk)]


def test_a_withdrawn_post_takes_its_ties_and_brings_them_back(course, ada, bob, post, comment):
    withdraw_post(post, by=ada)
    assert people(course) == []

    publish_post(post, by=ada, title="Again", text="Words.", audience=Audience.COURSE)
    assert people(course) == [(bob.pk, ada.pk)]


def test_a_deleted_post_takes_its_ties_and_brings_them_back(course, ada, bob, post, comment):
    delete_post(post, by=ada)
    assert people(course) == []

    restore_post(post, by=ada)
    assert people(course) == [(bob.pk, ada.pk)]


def test_ties_roll_back_with_the_action(course, ada, bob, post):
    with transaction.atomic():
        add_comment(post, by=bob, text="A thought.")
        transaction.set_rollback(True)

    assert people(course) == []


def test_removing_an_interaction_that_was_never_there_fails_the_action(course, comment):
    with pytest.raises(ties.TiesOutOfSync), transaction.atomic():
        send_interactions_changed(course, removed=[comment.__class__.objects.interactions()[0]] * 2)


def test_a_new_course_gets_its_clock(course):
    course_saved.send(sender=Course, course=course)

    clock = TieClock.objects.get(course=course)
    assert (clock.landmark, clock.half_life) == (course.starts_on, 14)


def test_a_course_that_moves_takes_its_clock_along(instructor):
    term = make_term(instructor)
    mina, ravi = make_student(term, "Mina"), make_student(term, "Ravi")
    factories.make_comment(ravi, factories.make_post(mina, term), day=on(7))
    term.starts_on += timedelta(days=7)
    term.save()

    course_saved.send(sender=Course, course=term)

    assert ties.clock_of(term).landmark == on(7)
    assert arcs(term) == [(ravi.pk, mina.pk, 2**20, 1, 1)]


def test_a_course_without_comments_moves_as_far_as_it_likes(instructor):
    term = make_term(instructor)
    course_saved.send(sender=Course, course=term)
    term.starts_on -= timedelta(days=5000)
    term.save()

    course_saved.send(sender=Course, course=term)

    assert ties.clock_of(term).landmark == term.starts_on


def test_a_start_too_far_from_the_comments_leaves_the_landmark(instructor):
    """Weights measured from years before would have no room, from years after no precision."""
    term = make_term(instructor)
    mina, ravi = make_student(term, "Mina"), make_student(term, "Ravi")
    factories.make_comment(ravi, factories.make_post(mina, term), day=on(7))
    term.starts_on -= timedelta(days=5000)
    term.save()

    course_saved.send(sender=Course, course=term)

    assert ties.clock_of(term).landmark == on(0)
    assert ties.check(term) == []


def test_a_course_saved_again_writes_nothing(course, comment, django_assert_num_queries):
    course_saved.send(sender=Course, course=course)

    with django_assert_num_queries(3):
        course_saved.send(sender=Course, course=course)
