"""Derive a course's ties from its comments, by sets: to write them anew, or to compare.

``Comment.objects.counting()`` is the only source, as it stands: its own SQL is the innermost part
of every statement here. The database groups, joins what a day weighs, and sums; nothing passes
through Python, so memory does not grow with the course.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count

from blog.models import Comment, Course, Post, User
from network.models import TieArc, TieClock, TieUnit
from network.ties.clock import (
    clock_of,
    counting_span,
    fill_days,
    hold_alone,
    horizon_of,
    make_clock,
)
from network.ties.decay import ClockOverrun, landmark_for


class Built(NamedTuple):
    """How many rows a rebuild wrote."""

    units: int
    arcs: int


UNITS = """
SELECT g.author_id AS source_id, g.addressee_id AS target_id, g.post_id, g.day, g.events, d.quantum
FROM ({counting}) g
LEFT JOIN network_tieday d ON d.half_life = %s AND d."offset" = {offset}
"""

# The days since the landmark.
OFFSET = {
    "sqlite": "CAST(julianday(g.day) - julianday(%s) AS INTEGER)",
    "postgresql": "g.day - CAST(%s AS DATE)",
}

ARCS = """
SELECT source_id, target_id, CAST(SUM(quantum) AS BIGINT) AS acc, COUNT(*) AS units,
       CAST(SUM(events) AS INTEGER) AS events
FROM {units}
GROUP BY source_id, target_id
"""


def units_of_comments(clock: TieClock) -> tuple[str, list]:
    """Return the SELECT of the units that the course's comments make, and its parameters.

    A day that ``fill_days`` left out has no quantum, which no unit may have: it fails, loudly.
    """
    counting, params = (
        Comment.objects.counting()
        .filter(post__course=clock.course)
        .order_by()
        .values("author_id", "addressee_id", "post_id", "day")
        .annotate(events=Count("pk"))
        .query.sql_with_params()
    )
    sql = UNITS.format(counting=counting, offset=OFFSET[connection.vendor])
    return sql, [*params, clock.half_life, clock.landmark.isoformat()]


@transaction.atomic
def rebuild(course: Course, *, landmark: date | None = None) -> Built:
    """Derive all ties of the course again, in one transaction that changes of events wait for.

    The clock keeps its landmark, or takes the one given, if it serves the latest day that matters;
    else it takes the course's first day, else that latest day. Sums are never carried over to
    another landmark: rounding twice would break their equality with what the comments say.
    """
    clock = hold_alone(course)
    wanted = [landmark or clock.landmark, course.starts_on]
    span = counting_span(course)
    clock.landmark = wanted[0]
    if span:
        clock.landmark = landmark_for(wanted, horizon_of(course, span[1]), clock.half_life)
        fill_days(clock, *span)
    clock.save(update_fields=["landmark"])
    TieUnit.objects.filter(course=course).delete()
    TieArc.objects.filter(course=course).delete()
    return _insert(clock)


def _insert(clock: TieClock) -> Built:
    units, params = units_of_comments(clock)
    arcs = ARCS.format(units="network_tieunit WHERE course_id = %s")
    course = clock.course_id
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO network_tieunit"
            " (course_id, source_id, target_id, post_id, day, events, quantum)"
            f" SELECT %s, u.* FROM ({units}) u",
            [course, *params],
        )
        unit_count = cursor.rowcount
        cursor.execute(
            "INSERT INTO network_tiearc (course_id, source_id, target_id, acc, units, events)"
            f" SELECT %s, a.* FROM ({arcs}) a",
            [course, course],
        )
        return Built(unit_count, cursor.rowcount)


def settle(course: Course) -> None:
    """Make the clock of a new course; let that of one whose dates changed follow them."""
    if make_clock(course):
        return
    clock = clock_of(course)
    span = counting_span(course)
    landmark = course.starts_on
    if span:
        wanted = [course.starts_on, clock.landmark]
        landmark = landmark_for(wanted, horizon_of(course, span[1]), clock.half_life)
    if landmark != clock.landmark:
        rebuild(course, landmark=landmark)


def set_half_life(course: Course, half_life: int) -> Built:
    """Let the course's ties fade at another pace."""
    with transaction.atomic():
        clock = hold_alone(course)
        clock.half_life = half_life
        clock.save(update_fields=["half_life"])
        return rebuild(course)


# Comparing

UNITS_APART = """
SELECT source_id, target_id, post_id, day, SUM(n), SUM(w), SUM(m), SUM(v)
FROM (
  SELECT source_id, target_id, post_id, day, events AS n, quantum AS w, 0 AS m, 0 AS v
  FROM network_tieunit WHERE course_id = %s
  UNION ALL
  SELECT source_id, target_id, post_id, day, 0, 0, events, quantum FROM ({units}) u
) x
GROUP BY source_id, target_id, post_id, day
HAVING SUM(n) <> SUM(m) OR SUM(w) <> SUM(v)
ORDER BY source_id, target_id, post_id, day
"""

ARCS_APART = """
SELECT source_id, target_id, SUM(n), SUM(k), SUM(w), SUM(m), SUM(l), SUM(v)
FROM (
  SELECT source_id, target_id, events AS n, units AS k, acc AS w, 0 AS m, 0 AS l, 0 AS v
  FROM network_tiearc WHERE course_id = %s
  UNION ALL
  SELECT source_id, target_id, 0, 0, 0, events, units, acc FROM ({arcs}) a
) x
GROUP BY source_id, target_id
HAVING SUM(n) <> SUM(m) OR SUM(k) <> SUM(l) OR SUM(w) <> SUM(v)
ORDER BY source_id, target_id
"""


def check(course: Course) -> list[str]:
    """Compare what is stored with what the comments say; name each row that differs.

    Changes nothing: the weights of days that are only needed to compare are rolled back.
    """
    clock = clock_of(course)
    span = counting_span(course)
    with transaction.atomic():
        try:
            if span:
                fill_days(clock, *span)
        except ClockOverrun as error:
            return [f"clock: {error}"]
        differences = [*_units_apart(clock), *_arcs_apart(clock)]
        transaction.set_rollback(True)
    return differences


def _units_apart(clock: TieClock) -> Iterator[str]:
    units, params = units_of_comments(clock)
    rows = _fetch(UNITS_APART.format(units=units), [clock.course_id, *params])
    names = _names(rows)
    slugs = Post.objects.in_bulk({row[2] for row in rows})
    for source, target, post, day, events, weight, right_events, right_weight in rows:
        yield (
            f"unit {names[source]} → {names[target]} on {slugs[post].slug}, {day}:"
            f" stored {events} (weight {weight}), derived {right_events} (weight {right_weight})"
        )


def _arcs_apart(clock: TieClock) -> Iterator[str]:
    units, params = units_of_comments(clock)
    arcs = ARCS.format(units=f"({units}) u")
    rows = _fetch(ARCS_APART.format(arcs=arcs), [clock.course_id, *params])
    names = _names(rows)
    for source, target, events, count, acc, right_events, right_count, right_acc in rows:
        yield (
            f"arc {names[source]} → {names[target]}:"
            f" stored {events} in {count} units (sum {acc}),"
            f" derived {right_events} in {right_count} units (sum {right_acc})"
        )


def _fetch(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _names(rows: list[tuple]) -> dict[int, str]:
    people = {person for row in rows for person in row[:2]}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "username"))
