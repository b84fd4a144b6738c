"""Derive a course's ties from its comments, by sets: to write them anew, or to compare.

``Comment.objects.counting()`` is the only source, as it stands: its own SQL fills a temporary table
with the events of each unit, and everything else is read from there. The database groups, joins
what a day weighs, and sums; nothing passes through Python, so memory does not grow with the course.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count
from django.utils.dateparse import parse_date

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
    """How many rows a course has after a rebuild."""

    units: int
    arcs: int


# The days since the landmark.
OFFSET = {
    "sqlite": "CAST(julianday(g.day) - julianday(%s) AS INTEGER)",
    "postgresql": "g.day - CAST(%s AS DATE)",
}[connection.vendor]

# The units that the comments make. A day that ``fill_days`` left out has no quantum, which no unit
# may have: it fails, loudly.
UNITS = f"""
SELECT g.author_id AS source_id, g.addressee_id AS target_id, g.post_id, g.day, g.events, d.quantum
FROM counted g LEFT JOIN network_tieday d ON d.half_life = %s AND d."offset" = {OFFSET}
"""

ARCS = """
SELECT source_id, target_id, CAST(SUM(quantum) AS BIGINT) AS acc, COUNT(*) AS units,
       CAST(SUM(events) AS INTEGER) AS events
FROM {units}
GROUP BY source_id, target_id
"""


@contextmanager
def counted(course: Course) -> Iterator[tuple[date, date] | None]:
    """Count the course's events by unit into the temporary table ``counted``; yield its span.

    While it stands PostgreSQL joins no two sets row by row: of tables that have just been filled it
    knows too little to choose well, and the wrong choice takes hours.
    """
    counting, params = (
        Comment.objects.counting()
        .filter(post__course=course)
        .order_by()
        .values("author_id", "addressee_id", "post_id", "day")
        .annotate(events=Count("pk"))
        .query.sql_with_params()
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(f"CREATE TEMPORARY TABLE counted AS {counting}", params)
        cursor.execute("SELECT MIN(day), MAX(day) FROM counted")
        first, last = map(_date, cursor.fetchone())
        yield (first, last) if first and last else None
        cursor.execute("DROP TABLE counted")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def _date(value: date | str | None) -> date | None:
    """Return a date as one: the temporary table has lost the column's type on SQLite."""
    return parse_date(value) if isinstance(value, str) else value


def _weighing(clock: TieClock) -> list:
    """Return the parameters of UNITS."""
    return [clock.half_life, clock.landmark.isoformat()]


@transaction.atomic
def rebuild(course: Course, *, landmark: date | None = None) -> Built:
    """Derive all ties of the course again, in one transaction that changes of events wait for.

    Rows that are right already stay untouched. The clock keeps its landmark, or takes the one
    given, if it serves the latest day that matters; else it takes the course's first day, else that
    latest day. Sums are never carried over to another landmark: rounding twice would break their
    equality with what the comments say.
    """
    clock = hold_alone(course)
    wanted = [landmark or clock.landmark, course.starts_on]
    with counted(course) as span:
        clock.landmark = wanted[0]
        if span:
            clock.landmark = landmark_for(wanted, horizon_of(course, span[1]), clock.half_life)
            fill_days(clock, *span)
        clock.save(update_fields=["landmark"])
        _write_units(clock)
        _write_arcs(clock)
    kept = {"course": course}
    return Built(TieUnit.objects.filter(**kept).count(), TieArc.objects.filter(**kept).count())


DROP_UNITS = f"""
DELETE FROM network_tieunit WHERE course_id = %s AND NOT EXISTS (
  SELECT 1 FROM ({UNITS}) u
  WHERE u.source_id = network_tieunit.source_id AND u.target_id = network_tieunit.target_id
    AND u.post_id = network_tieunit.post_id AND u.day = network_tieunit.day
    AND u.events = network_tieunit.events AND u.quantum = network_tieunit.quantum
)
"""

ADD_UNITS = f"""
INSERT INTO network_tieunit (course_id, source_id, target_id, post_id, day, events, quantum)
SELECT %s, u.* FROM ({UNITS}) u WHERE TRUE
ON CONFLICT (course_id, source_id, target_id, post_id, day) DO NOTHING
"""

DROP_ARCS = """
DELETE FROM network_tiearc WHERE course_id = %s AND NOT EXISTS (
  SELECT 1 FROM network_tieunit u
  WHERE u.course_id = network_tiearc.course_id AND u.source_id = network_tiearc.source_id
    AND u.target_id = network_tiearc.target_id
)
"""

ADD_ARCS = f"""
INSERT INTO network_tiearc (course_id, source_id, target_id, acc, units, events)
SELECT %s, a.* FROM ({ARCS.format(units="network_tieunit WHERE course_id = %s")}) a WHERE TRUE
ON CONFLICT (course_id, source_id, target_id)
DO UPDATE SET acc = excluded.acc, units = excluded.units, events = excluded.events
WHERE network_tiearc.acc <> excluded.acc OR network_tiearc.units <> excluded.units
   OR network_tiearc.events <> excluded.events
"""


def _write_units(clock: TieClock) -> None:
    """Drop the units that are not as counted, then add those that are not there."""
    course = clock.course_id
    with connection.cursor() as cursor:
        if TieUnit.objects.filter(course=course).exists():
            cursor.execute(
                "CREATE INDEX counted_units ON counted (author_id, addressee_id, post_id, day)"
            )
            cursor.execute(DROP_UNITS, [course, *_weighing(clock)])
        cursor.execute(ADD_UNITS, [course, *_weighing(clock)])


def _write_arcs(clock: TieClock) -> None:
    """Drop the arcs without a unit, then add or correct the others."""
    course = clock.course_id
    with connection.cursor() as cursor:
        cursor.execute(DROP_ARCS, [course])
        cursor.execute(ADD_ARCS, [course, course])


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

UNITS_APART = f"""
SELECT source_id, target_id, post_id, day, SUM(n), SUM(w), SUM(m), SUM(v)
FROM (
  SELECT source_id, target_id, post_id, day, events AS n, quantum AS w, 0 AS m, 0 AS v
  FROM network_tieunit WHERE course_id = %s
  UNION ALL
  SELECT source_id, target_id, post_id, day, 0, 0, events, quantum FROM ({UNITS}) u
) x
GROUP BY source_id, target_id, post_id, day
HAVING SUM(n) <> SUM(m) OR SUM(w) <> SUM(v)
ORDER BY source_id, target_id, post_id, day
"""

ARCS_APART = f"""
SELECT source_id, target_id, SUM(n), SUM(k), SUM(w), SUM(m), SUM(l), SUM(v)
FROM (
  SELECT source_id, target_id, events AS n, units AS k, acc AS w, 0 AS m, 0 AS l, 0 AS v
  FROM network_tiearc WHERE course_id = %s
  UNION ALL
  SELECT source_id, target_id, 0, 0, 0, events, units, acc
  FROM ({ARCS.format(units=f"({UNITS}) u")}) a
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
    with transaction.atomic():
        with counted(course) as span:
            try:
                if span:
                    fill_days(clock, *span)
                differences = [*_units_apart(clock), *_arcs_apart(clock)]
            except ClockOverrun as error:
                differences = [f"clock: {error}"]
        transaction.set_rollback(True)
    return differences


def _units_apart(clock: TieClock) -> Iterator[str]:
    rows = _fetch(UNITS_APART, [clock.course_id, *_weighing(clock)])
    names = _names(rows)
    slugs = Post.objects.in_bulk({row[2] for row in rows})
    for source, target, post, day, events, weight, right_events, right_weight in rows:
        yield (
            f"unit {names[source]} → {names[target]} on {slugs[post].slug}, {day}:"
            f" stored {events} (weight {weight}), derived {right_events} (weight {right_weight})"
        )


def _arcs_apart(clock: TieClock) -> Iterator[str]:
    rows = _fetch(ARCS_APART, [clock.course_id, *_weighing(clock)])
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
