"""Two people comment, or take back, at the same moment: their ties come out as one by one."""

from datetime import timedelta

import pytest

from blog.actions.comments import add_comment, delete_comment
from network import ties
from network.actions import change_clock
from network.models import TieUnit
from network.ties.clock import lock_clock_exclusively
from tests import factories
from tests.network.ties.support import arcs, interaction, stored
from tests.threads import PATIENCE, at_once, elsewhere, on_postgresql

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


def test_two_first_comments_at_once_weigh_as_one_unit(course, post, bob):
    """Both threads pass through the whole action, many times, on one pair, post and day."""

    def talk():
        for _ in range(5):
            add_comment(post, by=type(bob).objects.get(pk=bob.pk), text="A thought.")

    at_once(talk, talk, talk)

    assert ties.check(course) == []
    assert [(units, events) for *_, units, events in arcs(course)] == [(1, 15)]


def test_taking_back_at_once_leaves_nothing(course, post, bob):
    comments = [factories.make_comment(bob, post) for _ in range(8)]

    def take_back(some):
        for comment in some:
            delete_comment(comment, by=type(bob).objects.get(pk=bob.pk))

    at_once(lambda: take_back(comments[::2]), lambda: take_back(comments[1::2]))

    assert stored(course) == ([], [])


def test_many_pairs_in_any_order_never_wait_for_each_other(course, post, ada, bob, assistant):
    """Each thread changes the same units in another order than it names them."""
    people = [ada, bob, assistant]
    events = [
        interaction(course, source, target, post, offset)
        for source in people
        for target in people
        if source != target
        for offset in [0, 1]
    ]
    ties.rebuild(course)

    def come_and_go(order):
        for _ in range(5):
            ties.apply(course, [], order)
            ties.apply(course, order, [])

    at_once(
        lambda: come_and_go(events),
        lambda: come_and_go(events[::-1]),
        lambda: come_and_go(events[1::2] + events[::2]),
    )

    assert stored(course) == ([], [])


def test_a_rebuild_between_comments_loses_and_doubles_none(course, post, bob, instructor):
    def talk():
        for _ in range(6):
            comment = add_comment(post, by=type(bob).objects.get(pk=bob.pk), text="A thought.")
            delete_comment(comment, by=type(bob).objects.get(pk=bob.pk))
            add_comment(post, by=type(bob).objects.get(pk=bob.pk), text="A thought.")

    def rebuild():
        for half_life in [7, 14, 28, 7, 14]:
            change_clock(course, by=instructor, half_life=half_life)

    at_once(talk, rebuild, talk)

    assert ties.check(course) == []
    assert [(units, events) for *_, units, events in arcs(course)] == [(1, 12)]


@on_postgresql
def test_the_second_of_two_first_comments_waits_and_opens_no_unit(course, ada, bob, post):
    event = interaction(course, bob, ada, post)
    ties.rebuild(course)

    with elsewhere(lambda: ties.apply(course, [], [event])) as (thread, done):
        ties.apply(course, [], [event])
        thread.start()
        assert not done.wait(0.5)

    assert TieUnit.objects.get().events == 2
    assert [(units, events) for *_, units, events in arcs(course)] == [(1, 2)]


@on_postgresql
def test_a_comment_that_comes_while_the_last_one_goes_opens_the_unit_again(course, ada, bob, post):
    event = interaction(course, bob, ada, post)
    ties.apply(course, [], [event])

    with elsewhere(lambda: ties.apply(course, [], [event])) as (thread, done):
        ties.apply(course, [event], [])
        thread.start()
        assert not done.wait(0.5)

    assert [(units, events) for *_, units, events in arcs(course)] == [(1, 1)]


@on_postgresql
def test_a_last_comment_that_goes_while_another_comes_leaves_the_unit(course, ada, bob, post):
    """The one that goes saw one event and means to delete the row: it must look again."""
    event = interaction(course, bob, ada, post)
    ties.apply(course, [], [event])

    with elsewhere(lambda: ties.apply(course, [event], [])) as (thread, done):
        ties.apply(course, [], [event])
        thread.start()
        assert not done.wait(0.5)

    assert [(units, events) for *_, units, events in arcs(course)] == [(1, 1)]


@on_postgresql
def test_a_rebuild_waits_for_a_comment_and_then_counts_it(course, bob, post):
    ties.rebuild(course)

    with elsewhere(lambda: ties.rebuild(course)) as (thread, done):
        comment = add_comment(post, by=bob, text="A thought.")
        thread.start()
        assert not done.wait(0.5)

    assert ties.check(course) == []
    assert [arc[0] for arc in arcs(course)] == [comment.author_id]


@on_postgresql
def test_a_comment_waits_for_a_rebuild_while_it_holds_its_post(course, bob, post):
    """The rebuild writes units of the very post that the comment has locked: no deadlock."""
    factories.make_comment(bob, post)

    with elsewhere(lambda: add_comment(post, by=bob, text="Another thought.")) as (thread, done):
        lock_clock_exclusively(course)
        thread.start()
        assert not done.wait(0.5)
        ties.rebuild(course)

    assert ties.check(course) == []
    assert [events for *_, events in arcs(course)] == [2]


@on_postgresql
def test_comments_of_one_course_do_not_wait_for_each_other(course, ada, bob, assistant, post):
    """The clock is shared: only comments of the same pair take turns."""
    ties.rebuild(course)

    with elsewhere(lambda: ties.apply(course, [], [interaction(course, assistant, ada, post)])) as (
        thread,
        done,
    ):
        ties.apply(course, [], [interaction(course, bob, ada, post)])
        thread.start()
        assert done.wait(PATIENCE)

    assert len(arcs(course)) == 2


@on_postgresql
def test_an_event_that_may_move_the_clock_holds_it_alone(course, ada, bob, assistant, post):
    """Two that share the clock could not both move it: in a very long course they take turns."""
    course.starts_on -= timedelta(days=24 * 7 + 100)
    ties.rebuild(course)

    with elsewhere(lambda: ties.apply(course, [], [interaction(course, assistant, ada, post)])) as (
        thread,
        done,
    ):
        ties.apply(course, [], [interaction(course, bob, ada, post)])
        thread.start()
        assert not done.wait(0.5)

    assert len(arcs(course)) == 2
