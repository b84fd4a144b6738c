"""Promises about changes of a tie: each is tried by adding those very units."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from network.ties import TieClass, TieState, next_fall, next_rise
from network.ties.classes import ArcTotals, Decay, both_ways
from network.ties.decay import weight
from network.ties.outlook import surely_reached


def state_of(out, back, *, half_life=14, follow=False, age=60):
    """Return the state of two people who commented so many days ago, each way."""

    def arc(days):
        return ArcTotals(sum(weight(age - day, half_life) for day in days), len(days), len(days))

    days = {*out, *back}
    return TieState(Decay(age, half_life), arc(out), arc(back), len(days), 0 in days, follow)


ages = st.lists(st.integers(0, 60), max_size=6, unique=True)
states = st.builds(
    state_of, ages, ages, half_life=st.sampled_from([7, 14, 28]), follow=st.booleans()
)
new_days = st.lists(st.integers(0, 14), max_size=3, unique=True)


def test_state_classifies_as_the_model_does():
    assert state_of([], []).tie_class == TieClass.NONE
    assert state_of([], [], follow=True).tie_class == TieClass.VERY_WEAK
    assert state_of([0], [1]).tie_class == TieClass.WEAK
    assert state_of([0, 7], [1]).tie_class == TieClass.STRONG


def test_one_comment_each_makes_a_follow_weak():
    assert next_rise(state_of([], [], follow=True), 60) == (1, 1, 14, TieClass.WEAK)


def test_one_comment_back_makes_a_habit_strong():
    assert next_rise(state_of([0, 3, 5, 9], []), 60) == (0, 1, 14, TieClass.STRONG)


def test_new_ties_need_more_days():
    assert next_rise(state_of([1], [1]), 60) == (2, 2, 14, TieClass.STRONG)
    assert next_rise(state_of([0], [0]), 60) == (3, 3, 14, TieClass.STRONG)


def test_nothing_is_promised_that_the_course_has_no_days_for():
    assert next_rise(state_of([0], [0]), 0) is None
    assert next_fall(state_of([0], [0]), 0) is None


def test_strong_ties_do_not_rise_and_old_comments_do_not_fall():
    assert next_rise(state_of([0, 7], [1]), 60) is None
    assert next_fall(state_of([50], []), 60) is None


def test_two_comments_of_today_are_weak_for_four_weeks():
    assert next_fall(state_of([0], [0]), 60) == (29, TieClass.VERY_WEAK)


@given(states, st.integers(0, 60), st.data())
def test_promised_comments_raise_the_tie_on_whatever_days_they_come(state, days_left, data):
    plan = next_rise(state, days_left)
    if plan is None:
        return
    days = st.integers(0, plan.within)
    out = data.draw(st.sets(days, min_size=plan.out, max_size=plan.out))
    back = data.draw(st.sets(days, min_size=plan.back, max_size=plan.back))

    assert plan.within <= days_left
    assert state.after(out, back, max(out | back)).tie_class >= plan.tie_class > state.tie_class


@given(states, st.integers(1, 2), st.integers(0, 2), st.integers(2, 5))
def test_weakest_placement_is_the_weakest_of_all(state, out, back, within):
    reached = {
        state.after(some, others, max(*some, *others, 0)).tie_class
        for some in combinations(range(within + 1), out)
        for others in combinations(range(within + 1), back)
    }

    assert surely_reached(state, out, back, within) == min(reached)


@given(states, st.integers(1, 80))
def test_ties_fall_on_the_day_that_is_named_and_not_before(state, days_left):
    fall = next_fall(state, days_left)
    until = fall.days - 1 if fall else days_left

    assert all(state.later(n).tie_class == state.tie_class for n in range(until + 1))
    if fall:
        assert state.later(fall.days).tie_class == fall.tie_class < state.tie_class


@given(states, new_days, new_days)
def test_adding_units_equals_counting_them_from_the_start(state, out, back):
    day = max([*out, *back, 0])
    after = state.after(out, back, day)

    assert after.out.units == state.out.units + len(out)
    assert after.back.acc - state.back.acc == sum(
        weight(state.decay.days + one, state.decay.half_life) for one in back
    )


@given(states)
def test_shown_sum_says_the_same_as_the_class(state):
    both = both_ways(state.out, state.back)
    assert (state.tenths >= 5) == state.decay.reaches(Fraction(1, 2), both)
    assert abs(state.tenths / 10 - state.decay.strength(both.acc)) <= 0.1001
