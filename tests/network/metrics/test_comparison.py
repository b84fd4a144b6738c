from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from network.metrics.comparison import MIN_UNITS, Window, compare
from network.metrics.units import UnitsOfDay

FIRST = date(2026, 9, 7)
BEFORE = Window.ending(FIRST + timedelta(days=13), 14)
AFTER = Window.ending(FIRST + timedelta(days=27), 14)
PEOPLE = frozenset(range(10))

units = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 27))
    .filter(lambda t: t[0] != t[1])
    .map(lambda t: UnitsOfDay(t[0], t[1], FIRST + timedelta(days=t[2]), 1, 1)),
    min_size=MIN_UNITS,
    max_size=60,
)


def everybody_writes(days):
    """Return one comment of each of ten students to the next one on each of these days."""
    return [
        UnitsOfDay(person, (person + 1) % 10, FIRST + timedelta(days=day), 1, 1)
        for person in range(10)
        for day in days
    ]


def test_a_change_by_everybody_is_beyond_chance():
    found = compare(everybody_writes([1, 15, 16, 17, 18]), PEOPLE, BEFORE, AFTER)

    assert (found.written.before, found.written.after) == (10, 40)
    assert found.written.is_beyond_chance
    assert (found.pairs.difference, found.reached.difference) == (0, 0)
    assert not found.pairs.is_beyond_chance


def test_no_change_is_within_chance():
    found = compare(everybody_writes([1, 2, 15, 16]), PEOPLE, BEFORE, AFTER)

    assert found.written == (20, 20, 0, 0)


def test_too_few_are_not_compared():
    found = compare(everybody_writes([1, 15])[: MIN_UNITS - 1], PEOPLE, BEFORE, AFTER)

    assert (found.units, found.written) == (20, None)


def test_a_window_has_both_of_its_ends():
    assert Window.ending(date(2026, 9, 20), 14).first == date(2026, 9, 7)
    assert date(2026, 9, 7) in BEFORE
    assert date(2026, 9, 21) not in BEFORE


@given(units, st.randoms())
def test_the_same_comments_give_the_same_interval(found, random):
    shuffled = random.sample(found, len(found))

    assert compare(found, PEOPLE, BEFORE, AFTER) == compare(shuffled, PEOPLE, BEFORE, AFTER)


@given(units)
def test_the_other_way_round_it_is_the_opposite(found):
    there, back = (compare(found, PEOPLE, *w) for w in ((BEFORE, AFTER), (AFTER, BEFORE)))

    for one, other in zip(there[1:], back[1:], strict=True):
        assert one.difference == -other.difference
        assert (one.low, one.high) == (-other.high, -other.low) or abs(one.low + other.high) <= 2
        assert one.low <= one.high
