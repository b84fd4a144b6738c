"""The ties of any day in a course of any length, against the definition of tie strength."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal, localcontext

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Course
from network import ties
from network.models import TieClock, TieUnit
from network.queries.class_network import class_network
from network.ties import TieClass
from network.ties.arcs import UnitsOfDay, weigh
from tests import factories
from tests.examples import examples
from tests.network.ties.support import LANDMARK, comment, make_student, make_term, on

HALF_LIVES = st.sampled_from([7, 14, 28])
YEARS = 4
# Days of a long course; those a half-life apart meet thresholds exactly.
DAYS = st.integers(0, YEARS * 365) | st.integers(0, YEARS * 13).map(lambda month: 28 * month)
# A few people, so that units meet in arcs and pairs.
UNIT = st.tuples(st.sampled_from(["ab", "ba", "bc", "ca"]), DAYS, st.integers(1, 3))
COURSES = st.lists(UNIT, max_size=40)


def worth(days, at, half_life):
    """Return Σ 2^(−(t − t_u)/h) to fifty digits."""
    with localcontext() as context:
        context.prec = 60
        return sum(
            (Decimal(2) ** (Decimal(day - at) / Decimal(half_life)) for day in days), Decimal(0)
        )


def is_reached(worth, theta):
    """Return whether a worth reaches a threshold; None where integers need not tell."""
    if abs(worth - theta) < Decimal("1e-40"):
        return True
    return None if abs(worth - theta) < theta * Decimal("2e-6") else worth > theta


def expected_class(out, back, at, half_life):
    """Return the class by its definition; None where a threshold is missed by a hair."""
    each = [is_reached(worth(days, at, half_life), Decimal("0.75")) for days in (out, back)]
    both = is_reached(worth([*out, *back], at, half_life), Decimal("0.5"))
    if None in (*each, both):
        return None
    if all(each) and len({*out, *back}) >= 3:
        return TieClass.STRONG
    return TieClass.WEAK if both and len(out) + len(back) >= 2 else TieClass.VERY_WEAK


@given(units=COURSES, landmark=st.integers(-100, YEARS * 365), h=HALF_LIVES, data=st.data())
@settings(max_examples=examples(200))
def test_units_weigh_what_the_definition_says_from_any_landmark(units, landmark, h, data):
    at = data.draw(DAYS)
    days = defaultdict(list)
    for arc, day, count in units:
        if day <= at:
            days[arc] += [day] * count
    rows = [UnitsOfDay(*arc, on(day), n, n) for arc, day, n in units if day <= at]

    decay, totals = weigh(TieClock(landmark=on(landmark), half_life=h), rows, on(at))

    assert totals.keys() == {tuple(arc) for arc in days}
    for (source, target), total in totals.items():
        out, back = days[source + target], days[target + source]
        exact = float(worth(out, at, h))
        assert decay.strength(total.acc) == pytest.approx(exact, rel=1e-6)
        wanted = expected_class(out, back, at, h)
        back_total = totals.get((target, source), ties.classes.EMPTY_ARC)
        assert wanted in (None, decay.classify(total, back_total, len({*out, *back})))


def test_a_unit_of_a_lifetime_ago_still_weighs_something():
    old, day = UnitsOfDay(1, 2, date(1950, 1, 1), 1, 1), date(2026, 1, 1)

    decay, totals = weigh(TieClock(landmark=day, half_life=28), [old], day)

    assert decay.strength(totals[1, 2].acc) == pytest.approx(2 ** (-27759 / 28), rel=1e-6)


# In the database


@pytest.fixture
def long_course(instructor, tmp_path):
    """Return a function that loads a reply log as a course: pairs, and days after LANDMARK."""

    def load(*events, slug="long", half_life=14):
        rows = [
            f"{n},{source},{target},{(on(day) - date(1970, 1, 1)).days * 86_400},{n}"
            for n, (source, target, day) in enumerate(events)
        ]
        log = tmp_path / "log.csv"
        log.write_text("\n".join(["event_id,src,dst,ts,thread", *rows]))
        call_command("load_events", log, course=slug, verbosity=0)
        course = Course.objects.get(slug=slug)
        if half_life != 14:
            ties.set_half_life(course, half_life)
        return course

    return load


def weights(course, day=None):
    network = class_network(course, as_of=day, names=True)
    return {(e.source, e.target): (e.weight, e.tie_class) for e in network.edges}


@pytest.mark.django_db
def test_the_first_days_of_a_course_of_a_year(long_course):
    course = long_course((1, 2, 0), (2, 1, 0), (3, 4, 340))

    assert ties.clock_of(course).landmark == on(340)
    assert weights(course, on(0)) == {("p1", "p2"): (1, "weak"), ("p2", "p1"): (1, "weak")}
    assert weights(course, on(28)) == {("p1", "p2"): (0.25, "weak"), ("p2", "p1"): (0.25, "weak")}
    after_100_days = (pytest.approx(2 ** (-100 / 14)), "very weak")
    assert weights(course, on(100)) == dict.fromkeys([("p1", "p2"), ("p2", "p1")], after_100_days)


@pytest.mark.django_db
def test_the_last_day_has_the_faded_weights_of_the_first(long_course):
    course = long_course((1, 2, 0), (3, 4, 700))

    assert TieUnit.objects.order_by("day").values_list("quantum", flat=True)[0] == 0
    assert weights(course) == weights(course, on(700))
    assert weights(course)["p1", "p2"] == (2.0**-50, "very weak")


@pytest.mark.django_db
@pytest.mark.parametrize("half_life", [7, 14, 28])
@pytest.mark.parametrize("weeks", [24, 25, 60, 110])
def test_every_day_has_the_ties_of_a_course_that_ended_then(long_course, half_life, weeks):
    """What comes later changes nothing: the past of a long course is the present of a short one."""
    events = [(1, 2, 0), (2, 1, 3), (1, 2, 7), (2, 1, 10), (1, 3, 14), (2, 1, 20), (1, 2, 21)]
    short = long_course(*events, slug="short", half_life=half_life)
    whole = long_course(*events, (8, 9, weeks * 7), slug="whole", half_life=half_life)

    assert weights(whole, on(21)) == weights(short)
    for day in range(0, 22, 7):
        assert weights(whole, on(day)) == weights(short, on(day)), day


@pytest.mark.django_db
def test_a_person_sees_the_ties_of_an_earlier_day(instructor):
    course = make_term(instructor, ends_on=LANDMARK + timedelta(days=800))
    ada, bob = make_student(course, "Ada"), make_student(course, "Bob")
    post = factories.make_post(ada, course)
    for day in (0, 5, 10, 800):
        comment(bob, post, day)
        comment(ada, post, day, addressee=bob)

    [then], [now] = ties.ties_of(ada, course, as_of=on(10)), ties.ties_of(ada, course)

    assert (then.tie_class, then.units, then.days) == (TieClass.STRONG, 6, 3)
    assert then.s_out == pytest.approx(1 + 2 ** (-5 / 14) + 2 ** (-10 / 14))
    assert (now.tie_class, now.s_out) == (TieClass.STRONG, pytest.approx(1))


@pytest.mark.django_db
@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(units=COURSES, at=DAYS, h=HALF_LIVES)
def test_arcs_and_pairs_of_any_day_are_those_of_the_definition(term, mina, ravi, units, at, h):
    people = dict(zip("abc", (mina.pk, ravi.pk, term.pk + mina.pk + ravi.pk), strict=True))
    days = defaultdict(list)
    for arc, day, count in units:
        if day <= at:
            days[people[arc[0]], people[arc[1]]] += [day] * count
    with transaction.atomic():
        TieClock.objects.update_or_create(
            course=term, defaults={"half_life": h, "landmark": on(max(at - 7, 0))}
        )
        TieUnit.objects.bulk_create(
            TieUnit(
                course=term,
                source_id=people[arc[0]],
                target_id=people[arc[1]],
                post_id=number * 10 + n,
                day=on(day),
                events=1,
                quantum=0,
            )
            for number, (arc, day, count) in enumerate(units)
            for n in range(count)
        )
        arcs = {arc[:2]: arc.strength for arc in ties.arcs_of(term, on(at))}
        pairs = {pair[:2]: pair.tie_class for pair in ties.pairs_of(term, on(at))}
        transaction.set_rollback(True)

    exact = {arc: float(worth(days[arc], at, h)) for arc in days}
    assert arcs == pytest.approx(exact, rel=1e-6)
    for one, other in {tuple(sorted(arc)) for arc in days}:
        out, back = days.get((one, other), []), days.get((other, one), [])
        assert expected_class(out, back, at, h) in (None, pairs[one, other])
