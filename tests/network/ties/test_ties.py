"""The tie engine on small cases worked out by hand."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Comment, Membership
from network import ties
from network.models import Follow, TieArc, TieClock, TieDay, TieUnit
from network.ties import TieClass, decay, store
from network.ties.classes import Reading, Sum
from tests import factories
from tests.network.ties.support import (
    LANDMARK,
    arcs,
    changing,
    comment,
    exchange,
    make_student,
    make_term,
    on,
    stored,
    units,
    update,
    weight,
)


@pytest.fixture
def term(instructor):
    return make_term(instructor)


@pytest.fixture
def mina(term):
    return make_student(term, "Mina")


@pytest.fixture
def ravi(term):
    return make_student(term, "Ravi")


@pytest.fixture
def post(mina, term):
    return factories.make_post(mina, term, at=timezone.now() - timedelta(days=1000))


# Arithmetic


@pytest.mark.parametrize(
    ("offset", "half_life", "expected"),
    [
        (0, 14, 1_048_576),
        (14, 14, 2_097_152),
        (7, 14, 1_482_910),
        (-14, 14, 524_288),
        (-28, 14, 262_144),
        (-14 * 20, 14, 1),
        (-14 * 30, 14, 0),
        (27 * 28, 28, 2**47),
        # By floats this is 4977544762240, a hair below the half.
        (621, 28, 4_977_544_762_241),
    ],
)
def test_quantum_is_the_nearest_integer(offset, half_life, expected):
    assert decay.quantum(offset, half_life) == expected


def test_quantum_refuses_what_would_not_fit():
    with pytest.raises(ties.ClockOverrun):
        decay.quantum(27 * 14 + 1, 14)


@pytest.mark.parametrize("theta", [Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)])
@pytest.mark.parametrize("half_lives", [0, 1, 10, 500])
def test_a_threshold_doubles_with_each_half_life(theta, half_lives):
    assert decay.scaled(theta, 14 * half_lives, 14) == theta * 2**20 * 2**half_lives


def test_a_threshold_met_exactly_is_reached_in_spite_of_rounding():
    """Two units half a life old are worth 0.5 each: together 1, whatever their quanta round to."""
    for days in range(14, 28 * 14):
        acc = 2 * decay.quantum(days - 14, 14)

        assert decay.reaches(Fraction(1), acc, 2, days, 14), days


def test_a_threshold_missed_by_a_day_is_not_reached():
    for days in range(15, 24 * 14):
        acc = 2 * decay.quantum(days - 15, 14)

        assert not decay.reaches(Fraction(1), acc, 2, days, 14), days


def test_landmark_is_the_first_that_serves():
    late = LANDMARK + timedelta(days=24 * 14)

    assert decay.landmark_for([LANDMARK], late, 14) == LANDMARK
    assert decay.landmark_for([LANDMARK], late + timedelta(days=1), 14) == on(24 * 14 + 1)
    assert decay.landmark_for([LANDMARK, late], late + timedelta(days=1), 14) == late
    assert decay.landmark_for([LANDMARK], LANDMARK - timedelta(days=57), 14) == on(-57)


# Classes. At the landmark of h = 14 a unit of the same day weighs 2^20.

ONE = 2**20
TODAY = Reading(0, 14)


@pytest.mark.parametrize(
    ("out", "back", "days", "follow", "expected"),
    [
        (Sum(ONE * 3 // 4, 3, 3), Sum(ONE * 3 // 4, 3, 3), 3, False, TieClass.STRONG),
        (Sum(ONE * 3 // 4, 3, 3), Sum(ONE * 3 // 4, 3, 3), 2, False, TieClass.WEAK),
        (Sum(ONE * 9, 9, 9), Sum(ONE * 3 // 4 - 3, 3, 3), 9, False, TieClass.WEAK),
        (Sum(ONE * 9, 9, 9), Sum(), 9, False, TieClass.WEAK),
        (Sum(ONE // 2, 2, 2), Sum(), 1, False, TieClass.WEAK),
        (Sum(ONE // 4, 1, 1), Sum(ONE // 4, 1, 1), 1, False, TieClass.WEAK),
        (Sum(ONE // 2 - 3, 2, 2), Sum(), 2, False, TieClass.VERY_WEAK),
        (Sum(ONE, 1, 5), Sum(), 1, False, TieClass.VERY_WEAK),
        (Sum(0, 1, 1), Sum(), 1, False, TieClass.VERY_WEAK),
        (Sum(), Sum(), 0, True, TieClass.VERY_WEAK),
        (Sum(), Sum(), 0, False, TieClass.NONE),
    ],
)
def test_the_first_rule_that_holds_names_the_class(out, back, days, follow, expected):
    assert TODAY.classify(out, back, days, follow) == expected
    assert TODAY.classify(back, out, days, follow) == expected


@pytest.mark.parametrize(
    ("out", "back", "expected"),
    [
        (Sum(ONE // 4 - 4, 3, 3), Sum(), True),
        (Sum(ONE // 4, 3, 3), Sum(), False),
        (Sum(ONE // 8 - 4, 2, 2), Sum(ONE // 8, 1, 1), True),
        (Sum(0, 2, 9), Sum(), False),
        (Sum(), Sum(), False),
    ],
)
def test_dormant_are_three_units_that_have_faded(out, back, expected):
    assert TODAY.is_dormant(out, back) is expected


@pytest.mark.parametrize(
    ("cls", "label", "css"),
    [
        (TieClass.STRONG, "strong", "strong"),
        (TieClass.WEAK, "weak", "weak"),
        (TieClass.VERY_WEAK, "very weak", "very-weak"),
        (TieClass.NONE, "none", "none"),
    ],
)
def test_class_names(cls, label, css):
    assert (str(cls.label), cls.css) == (label, css)


@pytest.mark.parametrize(
    ("gap", "least", "most"),
    [(7, 2.41, 3.41), (14, 1.00, 2.00), (20, 0.59, 1.59), (28, 0.33, 1.33)],
)
def test_one_unit_every_few_days_settles_where_the_model_says(gap, least, most):
    offsets = range(0, 40 * 14 - gap, gap)
    acc = sum(Fraction(2) ** 20 * Fraction(2 ** (day / 14)) for day in offsets)

    fresh = decay.strength(int(acc), offsets[-1], 14)
    late = decay.strength(int(acc), offsets[-1] + gap, 14)

    assert (round(late, 2), round(fresh, 2)) == (least, most)


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


def test_a_reply_ties_to_the_writer_of_the_comment_it_answers(term, mina, ravi, post):
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

    with pytest.raises(ties.TiesOutOfStep), transaction.atomic():
        ties.apply(term, [exchange(term, ravi, mina, post, 8)], [])
    with pytest.raises(ties.TiesOutOfStep), transaction.atomic():
        ties.apply(term, [exchange(term, ravi, mina, post, 7)] * 2, [])

    assert stored(term) == before


def test_a_lost_arc_raises_and_a_rebuild_heals_it(term, ravi, post):
    one = comment(ravi, post, 7)
    before = stored(term)
    TieArc.objects.all().delete()

    with pytest.raises(ties.TiesOutOfStep), transaction.atomic():
        update(one, deleted_at=timezone.now())
    with pytest.raises(ties.TiesOutOfStep), transaction.atomic():
        comment(ravi, post, 7)
    ties.rebuild(term)

    assert stored(term) == before


def test_exchanges_of_another_course_are_refused(term, mina, ravi, post, course):
    with pytest.raises(ValueError, match="another course"), transaction.atomic():
        ties.apply(course, [], [exchange(term, ravi, mina, post)])


def test_what_comes_and_goes_at_once_costs_nothing(
    term, mina, ravi, post, django_assert_num_queries
):
    event = exchange(term, ravi, mina, post)

    with django_assert_num_queries(0):
        ties.apply(term, [event], [event])


def test_an_event_costs_three_statements(term, mina, ravi, post, django_assert_num_queries):
    """Opening a unit, adding to one, lowering one, closing it: always clock, unit, arc."""
    event, later = exchange(term, ravi, mina, post, 7), exchange(term, ravi, mina, post, 8)
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
        exchange(term, ravi, mina, post, 7),
        exchange(term, ravi, mina, post, 9),
        exchange(term, mina, ravi, post, 9),
    ]
    with transaction.atomic():
        ties.apply(term, [], events)

    with transaction.atomic(), django_assert_num_queries(1 + 3 + 2):
        ties.apply(term, events, [])

    assert stored(term) == ([], [])


def test_a_stale_look_is_verified_under_the_lock(term, mina, ravi, post, monkeypatch):
    """Another comment may come between the look at a row and its removal."""
    event = exchange(term, ravi, mina, post, 7)
    with transaction.atomic():
        ties.apply(term, [], [event, event, event])
        hold = store.hold
        monkeypatch.setattr(
            store,
            "hold",
            lambda *args: (hold(*args)[0], [store.Standing(unit=1, arc=None)]),
        )
        ties.apply(term, [event], [])

    assert arcs(term) == [(ravi.pk, mina.pk, weight(7), 1, 2)]


# The clock


def test_the_clock_starts_with_the_course(term, mina, ravi, post):
    comment(ravi, post, 7)

    clock = TieClock.objects.get(course=term)
    assert (clock.landmark, clock.half_life) == (term.starts_on, 14)


def test_reading_a_course_without_a_clock_writes_none(term, mina):
    assert ties.ties_of(mina, term) == []
    assert ties.clock_of(term).landmark == term.starts_on
    assert not TieClock.objects.exists()


def test_a_running_course_is_read_today_and_a_finished_one_on_its_last_day(course, term):
    assert ties.reading_day(course) == course.today()
    assert ties.reading_day(term) == term.ends_on


def test_the_landmark_rolls_when_a_course_outlasts_it(instructor):
    """A unit 25 half-lives after the landmark cannot be added: everything is derived again."""
    long = make_term(instructor, ends_on=LANDMARK + timedelta(days=500))
    mina, ravi = make_student(long, "Mina"), make_student(long, "Ravi")
    post = factories.make_post(mina, long)
    long.ends_on = on(24 * 14)
    first = comment(ravi, post, 24 * 14)
    assert ties.clock_of(long).landmark == LANDMARK

    long.ends_on = on(500)
    post.course = long
    second = comment(ravi, post, 480)

    assert ties.clock_of(long).landmark == on(500)
    assert arcs(long) == [(ravi.pk, mina.pk, weight(336 - 500) + weight(-20), 2, 2)]
    update(first, deleted_at=timezone.now())
    assert ties.check(long) == []
    assert arcs(long) == [(second.author_id, mina.pk, weight(-20), 1, 1)]


def test_comments_long_before_the_course_move_the_landmark_back(instructor):
    """So early that an event of today would be lost in rounding, were it measured from then."""
    today = timezone.now().date()
    early = factories.make_course(
        instructor=instructor,
        starts_on=today + timedelta(days=400),
        ends_on=today + timedelta(days=500),
    )
    mina, ravi = make_student(early, "Mina"), make_student(early, "Ravi")
    post = factories.make_post(mina, early)
    with changing(post):
        factories.make_comment(ravi, post, day=today, tied=False)

    assert ties.clock_of(early).landmark == today
    assert arcs(early) == [(ravi.pk, mina.pk, 2**20, 1, 1)]


def test_another_half_life_derives_everything_again(term, mina, ravi, post):
    comment(ravi, post, 7)

    ties.set_half_life(term, 7)

    assert ties.clock_of(term).half_life == 7
    assert arcs(term) == [(ravi.pk, mina.pk, weight(7, 7), 1, 1)]
    assert ties.check(term) == []


@pytest.mark.parametrize(("half_life", "words"), [(7, "week"), (14, "two weeks"), (28, "four")])
def test_the_model_explains_itself_in_a_line(term, half_life, words):
    clock = TieClock(course=term, landmark=LANDMARK, half_life=half_life)

    line = ties.explain(clock)

    assert line.startswith("A comment counts 1 on the day you make it and half as much every")
    assert words in line


# Rebuilding and checking


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
        f" stored 0 in 0 units (sum 0), derived 1 in 1 units (sum {weight(8)})",
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


# Reading


def test_ties_of_a_person(term, mina, ravi, post):
    reply_to = factories.make_post(ravi, term)
    comment(ravi, post, 84)
    comment(ravi, post, 84)
    comment(mina, reply_to, 70)

    [tie] = ties.ties_of(mina, term)

    assert (tie.peer, tie.role, tie.cls) == (ravi, Membership.Role.STUDENT, TieClass.WEAK)
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

    assert mine.cls == yours.cls == TieClass.STRONG
    assert (mine.s_out, mine.s_in) == (yours.s_in, yours.s_out)


def test_a_follow_is_a_very_weak_tie_for_both(term, mina, ravi):
    Follow.objects.create(course=term, follower=mina, followed=ravi)

    [mine], [yours] = ties.ties_of(mina, term), ties.ties_of(ravi, term)

    assert (mine.cls, mine.follows, mine.followed_by) == (TieClass.VERY_WEAK, True, False)
    assert (yours.cls, yours.follows, yours.followed_by) == (TieClass.VERY_WEAK, False, True)
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

    [tie] = ties.ties_of(mina, term, today=on(28))

    assert (tie.units, tie.s_in, tie.last_day) == (2, 1.5, on(28))
    assert ties.arcs_of(term, today=on(28)) == [(ravi.pk, mina.pk, 1.5, 2, 2)]
    assert ties.arcs_of(term, today=on(9)) == []


def test_a_long_silence_is_dormant(term, mina, ravi, post):
    for offset in [0, 1, 2]:
        comment(ravi, post, offset)

    [tie] = ties.ties_of(mina, term)

    assert (tie.cls, tie.dormant) == (TieClass.VERY_WEAK, True)


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
        found = [(tie.peer.display_name, tie.cls) for tie in ties.ties_of(mina, term)]

    assert len(found) == peers
