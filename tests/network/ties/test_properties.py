"""Properties of ties, whatever people do.

The numbers are those of the properties the model was chosen by. Where a property is about what is
stored, comments are written, moved, hidden and withdrawn in a real database, inside
``tracking_interactions`` as actions do it; where it is about the numbers, functions are enough.
"""

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import timedelta
from fractions import Fraction
from math import fsum

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Comment, Interaction, Post
from network import ties
from network.models import Follow
from network.ties import TieClass, decay
from network.ties.classes import EMPTY_ARC, ArcTotals, Decay, both_ways
from tests import factories
from tests.examples import examples
from tests.network.ties.support import (
    LANDMARK,
    changing,
    make_student,
    make_term,
    on,
    stored,
)

# Examples roll their rows back themselves, so the fixtures around them may be shared.
on_rows = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
on_numbers = settings(max_examples=examples(200))

PEOPLE = range(4)
POSTS = range(3)
person, post = st.sampled_from(PEOPLE), st.sampled_from(POSTS)
# Few days, so that events meet in units.
day = st.sampled_from([-3, 0, 1, 60, 84])
h = st.sampled_from([7, 14, 28])


@contextmanager
def undone():
    """Run an example and take back what it wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# A course of four people with a post each (but one), and what may happen to its comments


class World:
    def __init__(self, instructor):
        self.course = make_term(instructor)
        self.people = [make_student(self.course, f"Person {n}") for n in PEOPLE]
        self.posts = [factories.make_post(self.people[n], self.course) for n in POSTS]
        self.comments = []

    def event(self, source, target, post, day) -> Interaction:
        return Interaction(
            self.course.pk,
            self.people[source].pk,
            self.people[target].pk,
            self.posts[post].pk,
            on(day),
        )

    def do(self, action, *args):
        getattr(self, action)(*args)

    # Each action is a pair of a comment (by its place) or post, and what happens to it.

    def write(self, author, addressee, post, day):
        with changing(self.posts[post]):
            self.comments.append(
                factories.make_comment(
                    self.people[author],
                    self.posts[post],
                    addressee=self.people[addressee],
                    day=on(day),
                    tied=False,
                )
            )

    def write_as_guest(self, post, day):
        with changing(self.posts[post]):
            self.comments.append(
                factories.make_comment(
                    None, self.posts[post], guest_name="Visitor", day=on(day), tied=False
                )
            )

    def change(self, place, **fields):
        if self.comments:
            comment = self.comments[place % len(self.comments)]
            with changing(*self.posts):
                Comment.objects.filter(pk=comment.pk).update(**fields)

    def delete(self, place):
        self.change(place, deleted_at=timezone.now())

    def restore(self, place):
        self.change(place, deleted_at=None)

    def judge(self, place, state):
        self.change(place, state=state)

    def readdress(self, place, addressee):
        self.change(place, addressee=self.people[addressee], addressee_corrected=True)

    def leave_unaddressed(self, place):
        self.change(place, addressee=None)

    def give_author(self, place, author):
        self.change(place, author=self.people[author])

    def move(self, place, post):
        self.change(place, post=self.posts[post])

    def set_post(self, post, **fields):
        with changing(self.posts[post]):
            Post.objects.filter(pk=self.posts[post].pk).update(**fields)

    def withdraw(self, post):
        self.set_post(post, status=Post.Status.WITHDRAWN)

    def republish(self, post):
        self.set_post(post, status=Post.Status.PUBLISHED)

    def delete_post(self, post):
        self.set_post(post, deleted_at=timezone.now())

    def restore_post(self, post):
        self.set_post(post, deleted_at=None)

    def change_half_life(self, half_life):
        ties.set_half_life(self.course, half_life)


place = st.integers(0, 20)
writing = st.tuples(st.just("write"), person, person, post, day)
actions = st.lists(
    st.one_of(
        writing,
        writing,
        writing,
        st.tuples(st.just("write_as_guest"), post, day),
        st.tuples(st.sampled_from(["delete", "restore", "leave_unaddressed"]), place),
        st.tuples(st.just("judge"), place, st.sampled_from(Comment.State.values)),
        st.tuples(st.sampled_from(["readdress", "give_author"]), place, person),
        st.tuples(st.just("move"), place, post),
        st.tuples(st.sampled_from(["withdraw", "republish", "delete_post", "restore_post"]), post),
        st.tuples(st.just("change_half_life"), h),
    ),
    max_size=25,
)


@pytest.fixture
def world(instructor):
    return World(instructor)


def derived(course, half_life=14) -> tuple[list, list]:
    """Derive units and arcs in plain Python: the model, read once more from its definition."""
    events = Counter(Comment.objects.filter(post__course=course).interactions())
    units, arcs = [], defaultdict(lambda: (0, 0, 0))
    for (_, source, target, post, day), count in events.items():
        weight = decay.quantum((day - LANDMARK).days, half_life)
        units.append((source, target, post, day, count, weight))
        acc, number, total = arcs[source, target]
        arcs[source, target] = (acc + weight, number + 1, total + count)
    return sorted(units), sorted((*pair, *sums) for pair, sums in arcs.items())


@on_rows
@given(actions=actions)
def test_1_kept_by_events_equals_derived_anew(world, actions):
    with undone():
        world.comments = []
        for action in actions:
            world.do(*action)
        kept = stored(world.course)

        assert kept == derived(world.course, ties.clock_of(world.course).half_life)
        assert ties.check(world.course) == []
        ties.rebuild(world.course)
        assert stored(world.course) == kept


# Events without comments, applied straight to the store

event = st.tuples(person, person, post, day).filter(lambda e: e[0] != e[1])
events = st.lists(event, max_size=12)


def apply(world, removed=(), added=()):
    ties.apply(
        world.course,
        [world.event(*event) for event in removed],
        [world.event(*event) for event in added],
    )


@on_rows
@given(events=events, data=st.data())
def test_2_any_order_and_any_grouping_give_the_same_rows(world, events, data):
    shuffled = data.draw(st.permutations(events))
    cut = data.draw(st.integers(0, len(events)))

    with undone():
        for one in events:
            apply(world, added=[one])
        one_by_one = stored(world.course)
    with undone():
        apply(world, added=shuffled[:cut])
        apply(world, added=shuffled[cut:])

        assert stored(world.course) == one_by_one


@on_rows
@given(before=events, more=events, data=st.data())
def test_3_what_is_added_and_removed_leaves_no_trace(world, before, more, data):
    with undone():
        apply(world, added=before)
        was = stored(world.course)
        for one in more:
            apply(world, added=[one])
        for one in data.draw(st.permutations(more)):
            apply(world, removed=[one])

        assert stored(world.course) == was


@on_rows
@given(events=events, one=event)
def test_8_a_second_event_in_a_unit_adds_no_weight(world, events, one):
    with undone():
        apply(world, added=[*events, one])
        units, arcs = stored(world.course)
        apply(world, added=[one])
        units_then, arcs_then = stored(world.course)

    assert [u[:4] + u[5:] for u in units_then] == [u[:4] + u[5:] for u in units]
    assert [a[:4] for a in arcs_then] == [a[:4] for a in arcs]
    assert sum(a[4] for a in arcs_then) == sum(a[4] for a in arcs) + 1


@on_rows
@given(events=events, one=event)
def test_10_an_event_changes_its_own_arc_alone(world, events, one):
    with undone():
        apply(world, added=events)
        before = {arc[:2]: arc for arc in stored(world.course)[1]}
        apply(world, added=[one])
        after = {arc[:2]: arc for arc in stored(world.course)[1]}

    changed = {pair for pair in before | after if before.get(pair) != after.get(pair)}
    assert changed == {tuple(world.event(*one)[1:3])}


@on_rows
@given(first=events, second=events)
def test_11_states_without_a_common_unit_add_up(world, first, second):
    second = [one for one in second if one not in set(first)]
    sums = Counter()
    for part in [first, second]:
        with undone():
            apply(world, added=part)
            for source, target, *numbers in stored(world.course)[1]:
                sums.update({(source, target, n): number for n, number in enumerate(numbers)})
    with undone():
        apply(world, added=[*first, *second])
        both = stored(world.course)[1]

    assert {(*arc[:2], n): number for arc in both for n, number in enumerate(arc[2:])} == dict(sums)


@on_rows
@given(actions=st.lists(writing, max_size=12), shift=st.integers(-56, 84))
def test_12_another_landmark_gives_the_same_ties(world, actions, shift):
    """Not long after the first event: further on, old units lose their last bits."""
    with undone():
        world.comments = []
        for action in actions:
            world.do(*action)
        before = ties_by_pair(world)
        ties.rebuild(world.course, landmark=LANDMARK + timedelta(days=shift))
        if actions:
            assert ties.clock_of(world.course).landmark == LANDMARK + timedelta(days=shift)
        after = ties_by_pair(world)

    assert after.keys() == before.keys()
    for pair, (tie_class, out, back) in before.items():
        class_then, out_then, back_then = after[pair]
        assert (out_then, back_then) == pytest.approx((out, back), rel=1e-6, abs=1e-6)
        if not near_a_threshold(out, back):
            assert class_then == tie_class


def ties_by_pair(world) -> dict:
    return {
        (number, tie.peer.pk): (tie.tie_class, tie.s_out, tie.s_in)
        for number, user in enumerate(world.people)
        for tie in ties.ties_of(user, world.course)
    }


def near_a_threshold(out, back) -> bool:
    return any(
        abs(value - theta) < 1e-4
        for value, theta in [(out, 0.75), (back, 0.75), (out + back, 0.5), (out + back, 0.25)]
    )


@on_rows
@given(events=events, follower=person, followed=person)
def test_13_a_follow_lifts_none_to_very_weak_and_nothing_else(world, events, follower, followed):
    if follower == followed:
        return
    with undone():
        apply(world, added=events)
        rows, before = stored(world.course), ties_by_pair(world)
        follow = Follow.objects.create(
            course=world.course,
            follower=world.people[follower],
            followed=world.people[followed],
        )
        during = ties_by_pair(world)
        assert stored(world.course) == rows
        follow.delete()
        assert ties_by_pair(world) == before

    new = {pair: tie for pair, tie in during.items() if pair not in before}
    assert {pair: during[pair] for pair in before} == before
    assert all(tie == (TieClass.VERY_WEAK, 0, 0) for tie in new.values())
    ends = {(follower, world.people[followed].pk), (followed, world.people[follower].pk)}
    assert new.keys() == ends - before.keys()


# On numbers. An arc is a list of the offsets of its units; the reading is at or after the last.

offsets = st.lists(st.integers(-21, 160), max_size=12)


def arc(days, half_life) -> ArcTotals:
    return ArcTotals(sum(decay.quantum(day, half_life) for day in days), len(days), len(days))


def classify(out, back, at, half_life) -> TieClass:
    distinct = len({*out, *back})
    return Decay(at, half_life).classify(arc(out, half_life), arc(back, half_life), distinct)


def s(days, at, half_life) -> float:
    return decay.strength(arc(days, half_life).acc, at, half_life)


@on_numbers
@given(out=offsets, back=offsets, more=st.integers(-21, 160), ahead=st.integers(0, 60), h=h)
def test_4_an_event_never_weakens_a_tie(out, back, more, ahead, h):
    at = max([*out, *back, more]) + ahead

    assert s([*out, more], at, h) >= s(out, at, h)
    assert classify([*out, more], back, at, h) >= classify(out, back, at, h)
    assert classify(out, [*back, more], at, h) >= classify(out, back, at, h)


@on_numbers
@given(out=offsets, back=offsets, ahead=st.integers(0, 60), h=h)
def test_5_a_tie_is_the_same_from_both_ends(out, back, ahead, h):
    at = max([*out, *back, 0]) + ahead
    decayed = Decay(at, h)

    assert classify(out, back, at, h) == classify(back, out, at, h)
    assert both_ways(arc(out, h), arc(back, h)) == both_ways(arc(back, h), arc(out, h))
    assert decayed.is_dormant(arc(out, h), arc(back, h)) == decayed.is_dormant(
        arc(back, h), arc(out, h)
    )
    assert decay.strength(EMPTY_ARC.acc, at, h) == 0


@on_numbers
@given(out=offsets, back=offsets, ahead=st.integers(0, 60), h=h)
def test_6_mutual_lies_between_the_weaker_way_and_half_of_both(out, back, ahead, h):
    at = max([*out, *back, 0]) + ahead
    tie = ties.Tie(
        peer=None,
        role="student",
        tie_class=classify(out, back, at, h),
        dormant=False,
        s_out=s(out, at, h),
        s_in=s(back, at, h),
        units=len(out) + len(back),
        events_out=len(out),
        events_in=len(back),
        days=len({*out, *back}),
        first_day=None,
        last_day=None,
        follows=False,
        followed_by=False,
    )

    assert min(tie.s_out, tie.s_in) <= tie.mutual * (1 + 1e-12)
    assert tie.mutual <= tie.activity / 2 * (1 + 1e-12)
    assert (tie.mutual == 0) == (not out or not back)


@on_numbers
@given(out=offsets, back=offsets, ahead=st.integers(0, 60), later=st.integers(0, 90), h=h)
def test_7_ties_fade_by_half_in_a_half_life_and_never_rise(out, back, ahead, later, h):
    at = max([*out, *back, 0]) + ahead

    assert s(out, at + h, h) == pytest.approx(s(out, at, h) / 2, rel=1e-12)
    assert classify(out, back, at + later, h) <= classify(out, back, at, h)
    assert (s(out, at, h) < s(back, at, h)) == (s(out, at + later, h) < s(back, at + later, h))


@on_numbers
@given(days=offsets, ahead=st.integers(0, 60), h=h)
def test_9_integers_are_as_good_as_exact(days, ahead, h):
    at = max([*days, 0]) + ahead
    exact = fsum(2 ** (-(at - day) / h) for day in days)
    half_a_quantum = 0.5 * len(days) * 2.0 ** (-20 - at / h)

    assert abs(s(days, at, h) - exact) <= 1e-6 * exact + half_a_quantum


@on_numbers
@given(
    theta=st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]),
    days=st.integers(-200, 2000),
    h=st.integers(1, 60),
)
def test_a_threshold_is_the_nearest_integer(theta, days, h):
    """x = round(y) if and only if 2x − 1 <= 2y <= 2x + 1, and y^h is rational."""
    x = decay.scaled(theta, days, h)
    exact = (2 * theta) ** h * Fraction(2) ** (20 * h + days)

    assert max(2 * x - 1, 0) ** h <= exact <= (2 * x + 1) ** h


@on_numbers
@given(wait=st.integers(0, 3), count=st.integers(1, 20), h=h)
def test_a_tie_kept_up_exactly_to_a_threshold_meets_it(wait, count, h):
    """Units every h days are worth 1 + ½ + ¼ …, and half of that after each h days more."""
    days = [-h * n for n in range(count)]
    theta = (2 - Fraction(1, 2 ** (count - 1))) / 2**wait

    assert decay.reaches(theta, arc(days, h).acc, count, h * wait, h)


# Property 14, on the published degrees, is in test_load_events.py.
