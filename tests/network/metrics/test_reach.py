from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from network.metrics.reach import Reach, reach_of, staff_share, staff_share_by_week
from network.metrics.units import UnitsOfDay, end_of_week, week_number, within

MONDAY = date(2026, 9, 7)
PEOPLE = range(8)
STUDENTS = frozenset(range(6))  # 6 and 7 are staff

units = st.lists(
    st.builds(
        UnitsOfDay,
        source=st.sampled_from(PEOPLE),
        target=st.sampled_from(PEOPLE),
        day=st.integers(0, 30).map(lambda n: MONDAY + timedelta(days=n)),
        units=st.integers(1, 3),
        events=st.integers(1, 5),
    ).filter(lambda one: one.source != one.target),
    max_size=25,
)


def wrote(source, target, day=0, events=1):
    return UnitsOfDay(source, target, MONDAY + timedelta(days=day), 1, events)


def test_reach_tells_whom_a_peer_answered():
    found = reach_of([wrote(0, 1), wrote(2, 6), wrote(7, 3), wrote(6, 0)], STUDENTS)

    assert found == Reach(
        not_answered=frozenset({0, 2, 3, 4, 5}),
        without_peer_tie=frozenset({2, 3, 4, 5}),
        tied_to_staff_only=frozenset({2, 3}),
        not_commented=frozenset({1, 3, 4, 5}),
    )


def test_staff_share_counts_staff_to_staff_in_the_first_two():
    share = staff_share([wrote(0, 1, events=5), wrote(6, 7, events=3), wrote(1, 6)], STUDENTS)

    assert (share.to_staff, share.by_staff, share.among_students, share.total) == (4, 3, 5, 9)
    assert round(share.percent_to_staff, 1) == 44.4


@given(units)
def test_sets_of_reach_lie_within_each_other(found):
    reach = reach_of(found, STUDENTS)

    assert reach.tied_to_staff_only <= reach.without_peer_tie <= reach.not_answered <= STUDENTS
    among = within(found, STUDENTS)
    assert not reach.not_answered & {one.target for one in among}


@given(units, st.randoms())
def test_order_does_not_matter(found, random):
    shuffled = random.sample(found, len(found))

    assert reach_of(found, STUDENTS) == reach_of(shuffled, STUDENTS)
    assert staff_share(found, STUDENTS) == staff_share(shuffled, STUDENTS)


@given(units)
def test_weeks_add_up_to_the_whole(found):
    weeks = staff_share_by_week(found, STUDENTS, MONDAY, 5)

    assert tuple(map(sum, zip(*weeks, strict=True))) == staff_share(found, STUDENTS)


@given(st.integers(1, 60))
def test_a_week_ends_the_day_before_the_next(week):
    last = end_of_week(week, MONDAY)

    assert week_number(last, MONDAY) == week
    assert week_number(last + timedelta(days=1), MONDAY) == week + 1
    assert week_number(MONDAY - timedelta(days=9), MONDAY) == 1
