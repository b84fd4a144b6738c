"""Decay the ties of a person and of a course."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Membership
from network import ties
from network.models import Follow
from network.ties import TieClass
from tests import factories
from tests.network.ties.support import arcs, comment, make_student, on, weight


def test_ties_of_a_person(term, mina, ravi, post):
    reply_to = factories.make_post(ravi, term)
    comment(ravi, post, 84)
    comment(ravi, post, 84)
    comment(mina, reply_to, 70)

    [tie] = ties.ties_of(mina, term)

    assert (tie.peer, tie.role, tie.tie_class) == (ravi, Membership.Role.STUDENT, TieClass.WEAK)
    assert (tie.s_out, tie.s_in) == (0.5, 1.0)
    assert (tie.activity, round(tie.mutual, 6)) == (1.5, 0.707107)
    assert (tie.units, tie.days, tie.events_out, tie.events_in, tie.events) == (2, 2, 1, 2, 3)
    assert (tie.first_day, tie.last_day) == (on(70), on(84))
    assert (tie.follows, tie.followed_by, tie.dormant) == (False, False, False)


def test_a_tie_looks_the_same_from_both_ends(term, mina, ravi, post):
    for offset in [50, 60, 84]:
        comment(ravi, post, offset)
        comment(mina, post, offset, addressee=ravi)

    [mine], [yours] = ties.ties_of(mina, term), ties.ties_of(ravi, term)

    assert mine.tie_class == yours.tie_class == TieClass.STRONG
    assert (mine.s_out, mine.s_in) == (yours.s_in, yours.s_out)


def test_a_follow_is_a_very_weak_tie_for_both(term, mina, ravi):
    Follow.objects.create(course=term, follower=mina, followed=ravi)

    [mine], [yours] = ties.ties_of(mina, term), ties.ties_of(ravi, term)

    assert (mine.tie_class, mine.follows, mine.followed_by) == (TieClass.VERY_WEAK, True, False)
    assert (yours.tie_class, yours.follows, yours.followed_by) == (TieClass.VERY_WEAK, False, True)
    assert (mine.units, mine.days, mine.last_day, mine.activity) == (0, 0, None, 0)


def test_a_follow_in_another_course_is_no_tie_here(term, mina, ravi, course):
    Follow.objects.create(course=course, follower=mina, followed=ravi)

    assert ties.ties_of(mina, term) == []


def test_staff_are_left_out_unless_asked_for(term, instructor, mina, post):
    comment(instructor, post, 84)

    assert ties.ties_of(mina, term) == []
    assert [tie.role for tie in ties.ties_of(mina, term, staff=True)] == ["instructor"]
    assert arcs(term) == [(instructor.pk, mina.pk, weight(84), 1, 1)]


def test_whoever_left_the_course_drops_out_of_ties_but_stays_stored(term, mina, ravi, post):
    comment(ravi, post, 84)
    Membership.objects.filter(user=ravi).update(ended_at=timezone.now())

    assert ties.ties_of(mina, term) == []
    assert len(arcs(term)) == 1


def test_stronger_ties_come_first(term, mina, ravi, post):
    ada, bob = make_student(term, "Ada"), make_student(term, "Bob")
    Follow.objects.create(course=term, follower=mina, followed=bob)
    comment(ada, post, 84)
    comment(ada, post, 83)
    comment(ravi, post, 84)

    assert [tie.peer for tie in ties.ties_of(mina, term)] == [ada, ravi, bob]


def test_ties_as_of_an_earlier_day_know_nothing_later(term, mina, ravi, post):
    comment(ravi, post, 14)
    comment(ravi, post, 28)
    comment(ravi, post, 29)

    [tie] = ties.ties_of(mina, term, as_of=on(28))

    assert (tie.units, tie.s_in, tie.last_day) == (2, 1.5, on(28))
    assert ties.arcs_of(term, as_of=on(28)) == [(ravi.pk, mina.pk, 1.5, 2, 2)]
    assert ties.arcs_of(term, as_of=on(9)) == []


def test_a_long_silence_is_dormant(term, mina, ravi, post):
    for offset in [0, 1, 2]:
        comment(ravi, post, offset)

    [tie] = ties.ties_of(mina, term)

    assert (tie.tie_class, tie.dormant) == (TieClass.VERY_WEAK, True)


def test_arcs_and_pairs_of_a_course(term, mina, ravi, instructor, post):
    for offset in [82, 83, 84]:
        comment(ravi, post, offset)
        comment(mina, post, offset, addressee=ravi)
    comment(instructor, post, 84)

    assert [arc[:2] + arc[3:] for arc in ties.arcs_of(term)] == sorted(
        [(mina.pk, ravi.pk, 3, 3), (ravi.pk, mina.pk, 3, 3), (instructor.pk, mina.pk, 1, 1)]
    )
    assert ties.pairs_of(term) == [
        (instructor.pk, mina.pk, TieClass.VERY_WEAK, False, 1, 1, on(84), on(84)),
        (mina.pk, ravi.pk, TieClass.STRONG, False, 6, 3, on(82), on(84)),
    ]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others gather statistics by themselves")
def test_reading_ties_never_goes_through_the_whole_course(term, mina):
    """SQLite plans without statistics: every search must narrow by more than the course."""
    with CaptureQueriesContext(connection) as queries:
        ties.ties_of(mina, term)

    plans = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries[1:4]:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans += [row[3] for row in cursor.fetchall() if row[3].startswith(("SEARCH", "SCAN"))]
    assert len(plans) == 6
    assert [plan for plan in plans if "AND" not in plan] == []


@pytest.mark.parametrize("peers", [1, 3])
def test_reading_ties_takes_five_queries(term, mina, post, peers, django_assert_num_queries):
    for number in range(peers):
        comment(make_student(term, f"Peer {number}"), post, number)

    with django_assert_num_queries(5):
        found = [(tie.peer.display_name, tie.tie_class) for tie in ties.ties_of(mina, term)]

    assert len(found) == peers
