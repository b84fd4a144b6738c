"""Events that come and go, each worked out by hand."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.models import Comment
from network import ties
from network.models import TieArc, TieUnit
from network.ties import store
from tests import factories
from tests.network.ties.support import (
    arcs,
    changing,
    comment,
    interaction,
    make_term,
    on,
    stored,
    units,
    update,
    weight,
)

# Events


def test_a_comment_makes_a_unit_and_an_arc(term, mina, ravi, post):
    comment(ravi, post, 7)

    assert units(term) == [(ravi.pk, mina.pk, post.pk, on(7), 1, weight(7))]
    assert arcs(term) == [(ravi.pk, mina.pk, weight(7), 1, 1)]


def test_a_second_comment_on_the_post_that_day_adds_an_event_but_no_weight(term, mina, ravi, post):
    comment(ravi, post, 7)
    comment(ravi, post, 7)

    assert arcs(term) == [(ravi.pk, mina.pk, weight(7), 1, 2)]


def test_another_day_and_another_post_are_units_of_their_own(term, mina, ravi, post):
    comment(ravi, post, 7)
    comment(ravi, post, 8)
    comment(ravi, factories.make_post(mina, term), 7)

    assert arcs(term) == [(ravi.pk, mina.pk, 2 * weight(7) + weight(8), 3, 3)]


def test_a_reply_ties_to_the_author_of_its_parent(term, mina, ravi, post):
    first = comment(ravi, post, 1)
    comment(mina, post, 2, parent=first)

    assert arcs(term) == [
        (mina.pk, ravi.pk, weight(2), 1, 1),
        (ravi.pk, mina.pk, weight(1), 1, 1),
    ]


def test_a_comment_to_oneself_and_a_guest_make_no_tie(term, mina, post):
    comment(mina, post, 1)
    with changing(post):
        factories.make_comment(None, post, guest_name="Visitor", day=on(1), tied=False)

    assert stored(term) == ([], [])


def test_ties_of_two_courses_are_apart(term, mina, ravi, post):
    other = make_term()
    comment(ravi, factories.make_post(mina, other), 3)

    assert arcs(term) == []
    assert arcs(other) == [(ravi.pk, mina.pk, weight(3), 1, 1)]


def test_the_last_event_takes_unit_and_arc_with_it(term, ravi, post):
    first, second = comment(ravi, post, 7), comment(ravi, post, 7)

    update(first, deleted_at=timezone.now())
    update(second, state=Comment.State.HIDDEN)

    assert stored(term) == ([], [])


def test_a_comment_moved_into_another_unit_of_the_pair_weighs_no_more(term, mina, ravi, post):
    other = factories.make_post(mina, term)
    comment(ravi, other, 7)
    moving = comment(ravi, post, 7)

    with changing(post, other):
        Comment.objects.filter(pk=moving.pk).update(post=other)

    assert arcs(term) == [(ravi.pk, mina.pk, weight(7), 1, 2)]


def test_a_comment_moved_to_another_post_alone_leaves_the_arc_as_it_was(term, mina, ravi, post):
    other = factories.make_post(mina, term)
    moving = comment(ravi, post, 7)
    before = arcs(term)

    with changing(post, other):
        Comment.objects.filter(pk=moving.pk).update(post=other)

    assert arcs(term) == before
    assert [unit[2] for unit in units(term)] == [other.pk]


def test_removing_what_was_never_there_raises_and_changes_nothing(term, mina, ravi, post):
    comment(ravi, post, 7)
    before = stored(term)

    with pytest.raises(ties.TiesOutOfSync), transaction.atomic():
        ties.apply(term, [interaction(term, ravi, mina, post, 8)], [])
    with pytest.raises(ties.TiesOutOfSync), transaction.atomic():
        ties.apply(term, [interaction(term, ravi, mina, post, 7)] * 2, [])

    assert stored(term) == before


def test_a_lost_arc_raises_and_a_rebuild_heals_it(term, ravi, post):
    one = comment(ravi, post, 7)
    before = stored(term)
    TieArc.objects.all().delete()

    with pytest.raises(ties.TiesOutOfSync), transaction.atomic():
        update(one, deleted_at=timezone.now())
    with pytest.raises(ties.TiesOutOfSync), transaction.atomic():
        comment(ravi, post, 7)
    ties.rebuild(term)

    assert stored(term) == before


def test_interactions_of_another_course_are_refused(term, mina, ravi, post, course):
    with pytest.raises(ValueError, match="another course"), transaction.atomic():
        ties.apply(course, [], [interaction(term, ravi, mina, post)])


def test_what_comes_and_goes_at_once_costs_nothing(
    term, mina, ravi, post, django_assert_num_queries
):
    event = interaction(term, ravi, mina, post)

    with django_assert_num_queries(0):
        ties.apply(term, [event], [event])


def test_an_event_costs_three_statements(term, mina, ravi, post, django_assert_num_queries):
    """Opening a unit, adding to one, lowering one, closing it: always clock, unit, arc."""
    event, later = interaction(term, ravi, mina, post, 7), interaction(term, ravi, mina, post, 8)
    ties.rebuild(term)

    with transaction.atomic():
        for added in [event, event, later]:
            with django_assert_num_queries(3):
                ties.apply(term, [], [added])
        for removed in [event, event, later]:
            with django_assert_num_queries(3):
                ties.apply(term, [removed], [])

    assert stored(term) == ([], [])


def test_two_events_removed_at_once_cost_one_look_at_the_clock(
    term, mina, ravi, post, django_assert_num_queries
):
    """A withdrawn post takes many units of several pairs with it."""
    events = [
        interaction(term, ravi, mina, post, 7),
        interaction(term, ravi, mina, post, 9),
        interaction(term, mina, ravi, post, 9),
    ]
    with transaction.atomic():
        ties.apply(term, [], events)

    with transaction.atomic(), django_assert_num_queries(1 + 3 + 2):
        ties.apply(term, events, [])

    assert stored(term) == ([], [])


def test_a_stale_look_is_verified_under_the_lock(term, mina, ravi, post, monkeypatch):
    """Another comment may come between the look at a row and its removal."""
    event = interaction(term, ravi, mina, post, 7)
    with transaction.atomic():
        ties.apply(term, [], [event, event, event])
        lock_clock = store.lock_clock
        monkeypatch.setattr(
            store,
            "lock_clock",
            lambda *args: (lock_clock(*args)[0], [store.StoredEvents(unit=1, arc=None)]),
        )
        ties.apply(term, [event], [])

    assert arcs(term) == [(ravi.pk, mina.pk, weight(7), 1, 2)]


# Rebuilding and checking


def test_the_database_refuses_impossible_rows(term, mina, ravi, post):
    common = {"course": term, "source": ravi, "target": mina}
    impossible = [
        lambda: TieArc.objects.create(**common, acc=2**62, units=1, events=1),
        lambda: TieArc.objects.create(**common, acc=-1, units=1, events=1),
        lambda: TieArc.objects.create(**common, acc=1, units=0, events=1),
        lambda: TieArc.objects.create(**common | {"source": mina}, acc=1, units=1, events=1),
        lambda: TieUnit.objects.create(**common, post=post, day=on(0), events=0, quantum=1),
    ]
    for make in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
