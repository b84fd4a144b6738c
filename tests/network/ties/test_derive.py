"""Rebuilding ties from the comments, and checking them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network import ties
from network.models import TieArc, TieClock, TieDay, TieUnit
from tests import factories
from tests.network.ties.support import LANDMARK, comment, make_term, on, stored, weight
from tests.threads import on_postgresql


def test_a_rebuild_gives_what_events_gave(term, mina, ravi, post):
    for offset in [0, 3, 3, 10]:
        comment(ravi, post, offset)
    comment(mina, post, 4, addressee=ravi)
    before = stored(term)

    built = ties.rebuild(term)

    assert stored(term) == before
    assert built == (4, 2)


def test_a_rebuild_leaves_right_rows_untouched_and_puts_wrong_ones_right(term, mina, ravi, post):
    for offset in [0, 3]:
        comment(ravi, post, offset)
    comment(mina, post, 4, addressee=ravi)
    before = stored(term)
    right, wrong = TieUnit.objects.filter(source=ravi).order_by("day")
    TieUnit.objects.filter(pk=wrong.pk).update(events=9)
    TieArc.objects.filter(source=ravi).update(acc=1, units=8, events=9)
    TieUnit.objects.create(
        course=term, source=mina, target=ravi, post=post, day=on(60), events=1, quantum=1
    )
    TieArc.objects.create(
        course=term,
        source=mina,
        target=post.course.memberships.first().user,
        acc=1,
        units=1,
        events=1,
    )

    ties.rebuild(term)

    assert stored(term) == before
    assert TieUnit.objects.filter(pk=right.pk).exists()
    assert not TieUnit.objects.filter(pk=wrong.pk).exists()


def test_a_rebuild_leaves_other_courses_alone(term, mina, ravi, post):
    other = make_term()
    comment(ravi, factories.make_post(mina, other), 3)
    before = stored(other)

    ties.rebuild(term)

    assert stored(other) == before


def test_check_is_silent_where_all_is_well_and_writes_nothing(term, ravi, post):
    comment(ravi, post, 3)

    assert ties.check(term) == []
    assert not TieDay.objects.exists()


def test_check_names_what_differs(term, mina, ravi, post):
    comment(ravi, post, 7)
    comment(mina, post, 8, addressee=ravi)
    TieUnit.objects.filter(source=ravi).update(events=4)
    TieArc.objects.filter(source=mina).delete()
    before = stored(term)

    differences = ties.check(term)

    assert differences == [
        f"unit {ravi.username} → {mina.username} on {post.slug}, 2024-09-09:"
        f" stored 4 (weight {weight(7)}), derived 1 (weight {weight(7)})",
        f"arc {mina.username} → {ravi.username}:"
        f" stored 0 (units 0, sum 0), derived 1 (units 1, sum {weight(8)})",
    ]
    assert stored(term) == before


@pytest.mark.parametrize("error", [-1, 1])
def test_check_sees_a_wrong_weight_either_way(term, ravi, post, error):
    comment(ravi, post, 7)
    TieUnit.objects.update(quantum=weight(7) + error)
    TieArc.objects.update(acc=weight(7) + error)

    assert [difference.split()[0] for difference in ties.check(term)] == ["unit", "arc"]


def test_check_names_a_day_that_no_landmark_may_have(term, ravi, post):
    comment(ravi, post, 7)
    TieClock.objects.update(landmark=LANDMARK - timedelta(days=1000))

    [difference] = ties.check(term)

    assert difference.startswith("clock: 1007 days after the landmark")


@on_postgresql
def test_the_comments_of_a_course_may_be_found_by_their_posts(term, ravi, post):
    """Without joins row by row each course would cost a look at all comments of the site."""
    comment(ravi, post, 0)

    with CaptureQueriesContext(connection) as captured:
        ties.rebuild(term)

    statements = [query["sql"] for query in captured.captured_queries]
    [counted] = [n for n, sql in enumerate(statements) if "TABLE counted_events AS" in sql]
    [off] = [n for n, sql in enumerate(statements) if "enable_nestloop = off" in sql]
    assert counted < off
