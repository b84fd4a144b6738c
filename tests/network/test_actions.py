"""Follow, unfollow and change the clock: what they do, and who is refused."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.exceptions import NotAllowed, Refused
from blog.models import AuditEvent, Membership
from network import ties
from network.actions import change_clock, follow, unfollow
from network.models import Follow
from tests import factories


def test_follow_is_per_course_and_silent(course, ada, bob):
    made = follow(course, by=ada, person=bob)

    assert (made.course, made.follower, made.followed) == (course, ada, bob)
    assert not AuditEvent.objects.exists()


def test_follow_twice_is_once(course, ada, bob):
    assert follow(course, by=ada, person=bob) == follow(course, by=ada, person=bob)


def test_unfollow_leaves_no_trace_and_touches_no_other(course, ada, bob, instructor):
    follow(course, by=ada, person=bob)
    follow(course, by=bob, person=ada)
    follow(course, by=ada, person=instructor)

    unfollow(course, by=ada, person=bob)
    unfollow(course, by=ada, person=bob)

    assert sorted(Follow.objects.values_list("follower", "followed")) == sorted(
        [(bob.pk, ada.pk), (ada.pk, instructor.pk)]
    )


def test_follow_is_refused_to_oneself_and_across_courses(course, ada, eve):
    for by, person in [(ada, ada), (ada, eve), (eve, ada)]:
        with pytest.raises(NotAllowed, match="other people in your own courses"):
            follow(course, by=by, person=person)


def test_follow_is_refused_once_somebody_has_left(course, ada, bob):
    Membership.objects.filter(user=bob).update(ended_at=timezone.now())
    bob.__dict__.pop("memberships_now", None)

    with pytest.raises(NotAllowed):
        follow(course, by=ada, person=bob)


def test_unfollow_is_for_members(course, ada, bob, eve):
    follow(course, by=ada, person=bob)

    with pytest.raises(NotAllowed, match="people in your own courses"):
        unfollow(course, by=eve, person=bob)


def test_the_database_keeps_follows_single_and_between_two(course, ada, bob):
    Follow.objects.create(course=course, follower=ada, followed=bob)

    for followed in [ada, bob]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(course=course, follower=ada, followed=followed)


def test_change_clock_derives_ties_again_and_is_logged(course, instructor, ada, bob):
    factories.make_comment(bob, factories.make_post(ada, course))

    clock = change_clock(course, by=instructor, half_life=28)

    assert clock.half_life == 28
    assert ties.check(course) == []
    assert ties.arcs_of(course)[0].strength == pytest.approx(1)
    entry = AuditEvent.objects.get()
    assert (entry.action, entry.actor, entry.data) == (
        "clock_changed",
        instructor,
        {"half_life": 28},
    )


@pytest.mark.parametrize("who", ["ada", "assistant", "observer", "eve"])
def test_change_clock_is_the_instructors(request, course, who):
    with pytest.raises(NotAllowed, match="Only instructors"):
        change_clock(course, by=request.getfixturevalue(who), half_life=7)


def test_change_clock_refuses_other_half_lives(course, instructor):
    with pytest.raises(Refused, match="Choose one, two or four weeks"):
        change_clock(course, by=instructor, half_life=1)

    assert ties.clock_of(course).half_life == 14
