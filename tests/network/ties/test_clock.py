"""The clock of a course: its landmark, its half-life, and when they move."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network import ties
from network.models import TieClock
from tests import factories
from tests.network.ties.support import (
    LANDMARK,
    arcs,
    changing,
    comment,
    make_student,
    make_term,
    on,
    update,
    weight,
)


def test_the_clock_starts_with_the_course(term, mina, ravi, post):
    comment(ravi, post, 7)

    clock = TieClock.objects.get(course=term)
    assert (clock.landmark, clock.half_life) == (term.starts_on, 14)


def test_reading_a_course_without_a_clock_writes_none(term, mina):
    assert ties.ties_of(mina, term) == []
    assert ties.clock_of(term).landmark == term.starts_on
    assert not TieClock.objects.exists()


def test_a_running_course_is_read_today_and_a_finished_one_on_its_last_day(course, term):
    assert ties.tie_date(course) == course.today()
    assert ties.tie_date(term) == term.ends_on


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
