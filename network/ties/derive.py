"""Derive a course's ties from its comments with set-based SQL: rebuild them, or check them.

``Comment.objects.counting()`` is the only source, unchanged: its own SQL fills a temporary table
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
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Comment, Course, Post, User
from network.models import TieArc, TieClock, TieUnit
from network.ties.clock import (
    clock_of,
    counting_span,
    ensure_clock,
    fill_tie_days,
    horizon_of,
    lock_clock_exclusively,
)
from network.ties.decay import ClockOverrun, landmark_for


class RowCounts(NamedTuple):
    """The number of rows of ties in a course after a rebuild."""

    units: int
    arcs: int

    def __str__(self) -> str:
        units = ngettext("%d unit", "%d units", self.units) % self.units
        arcs = ngettext("%d arc", "%d arcs", self.arcs) % self.arcs
        return _("%(units)s, %(arcs)s") % {"units": units, "arcs": arcs}


# The days since the landmark.
DAYS_SINCE_LANDMARK = {
    "sqlite": "CAST(julianday(g.day) - julianday(%s) AS INTEGER)",
    "postgresql": "g.day - CAST(%s AS DATE)",
}[connection.vendor]

# The units that the comments make. A day that ``fill_tie_days`` left out has no quantum, which no
# unit may have: it fails, loudly.
DERIVED_UNITS = f"""
SELECT g.author_id AS source_id, g.addressee_id AS target_id, g.post_id, g.day, g.events, d.quantum
FROM counted_events g
LEFT JOIN network_tieday d ON d.half_life = %s AND d."offset" = {DAYS_SINCE_LANDMARK}
"""

DERIVED_ARCS = """
SELECT source_id, target_id, CAST(SUM(quantum) AS BIGINT) AS acc, COUNT(*) AS units,
       CAST(SUM(events) AS INTEGER) AS events
FROM {units}
GROUP BY source_id, target_id
"""


@contextmanager
def counted_events(course: Course) -> Iterator[tuple[date, date] | None]:
    """Count a course's events by unit into a temporary table; yield its first and last day.

    Within the block PostgreSQL joins no two sets row by row: of tables that have just been filled
    it knows too little to choose well, and the wrong choice takes hours. It may to fill the table:
    it would else go through the comments of the whole site for each course.
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
        cursor.execute(f"CREATE TEMPORARY TABLE counted_events AS {counting}", params)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SELECT MIN(day), MAX(day) FROM counted_events")
        first, last = map(_date, cursor.fetchone())
        yield (first, last) if first and last else None
        cursor.execute("DROP TABLE counted_events")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def _date(value: date | str | None) -> date | None:
    """Return a date: the temporary table has lost the column's type on SQLite."""
    return parse_date(value) if isinstance(value, str) else value


def _clock_params(clock: TieClock) -> list:
    """Return the SQL parameters of DERIVED_UNITS."""
    return [clock.half_life, clock.landmark.isoformat()]


@transaction.atomic
def rebuild(course: Course, *, landmark: date | None = None) -> RowCounts:
    """Derive all ties of the course again, in one transaction that changes of events wait for.

    Correct rows stay untouched. The clock keeps its landmark, or takes the one given, if it fits
    the latest day that matters; else it takes the course's first day, else that latest day. Sums
    are never converted to another landmark: rounding twice would make them differ from what the
    comments say.
    """
    clock = lock_clock_exclusively(course)
    wanted = [landmark or clock.landmark, course.starts_on]
    with counted_events(course) as span:
        clock.landmark = wanted[0]
        if span:
            clock.landmark = landmark_for(wanted, horizon_of(course, span[1]), clock.half_life)
            fill_tie_days(clock, *span)
        clock.save(update_fields=["landmark"])
        _write_units(clock)
        _write_arcs(clock)
    return RowCounts(
        TieUnit.objects.filter(course=course).count(), TieArc.objects.filter(course=course).count()
    )


DELETE_WRONG_UNITS = f"""
DELETE FROM network_tieunit WHERE course_id = %s AND NOT EXISTS (
  SELECT 1 FROM ({DERIVED_UNITS}) u
  WHERE u.source_id = network_tieunit.source_id AND u.target_id = network_tieunit.target_id
    AND u.post_id = network_tieunit.post_id AND u.day = network_tieunit.day
    AND u.events = network_tieunit.events AND u.quantum = network_tieunit.quantum
)
"""

INSERT_MISSING_UNITS = f"""
INSERT INTO network_tieunit (course_id, source_id, target_id, post_id, day, events, quantum)
SELECT %s, u.* FROM ({DERIVED_UNITS}) u WHERE TRUE
ON CONFLICT (course_id, source_id, target_id, post_id, day) DO NOTHING
"""

DELETE_EMPTY_ARCS = """
DELETE FROM network_tiearc WHERE course_id = %s AND NOT EXISTS (
  SELECT 1 FROM network_tieunit u
  WHERE u.course_id = network_tiearc.course_id AND u.source_id = network_tiearc.source_id
    AND u.target_id = network_tiearc.target_id
)
"""

UPSERT_ARCS = f"""
INSERT INTO network_tiearc (course_id, source_id, target_id, acc, units, events)
SELECT %s, a.*
FROM ({DERIVED_ARCS.format(units="network_tieunit WHERE course_id = %s")}) a WHERE TRUE
ON CONFLICT (course_id, source_id, target_id)
DO UPDATE SET acc = excluded.acc, units = excluded.units, events = excluded.events
WHERE network_tiearc.acc <> excluded.acc OR network_tiearc.units <> excluded.units
   OR network_tiearc.events <> excluded.events
"""


def _write_units(clock: TieClock) -> None:
    """Delete the units that differ from the comments, then insert the missing ones."""
    course = clock.course_id
    with connection.cursor() as cursor:
        if TieUnit.objects.filter(course=course).exists():
            cursor.execute(
                "CREATE INDEX counted_events_by_unit"
                " ON counted_events (author_id, addressee_id, post_id, day)"
            )
            cursor.execute(DELETE_WRONG_UNITS, [course, *_clock_params(clock)])
        cursor.execute(INSERT_MISSING_UNITS, [course, *_clock_params(clock)])


def _write_arcs(clock: TieClock) -> None:
    """Delete the arcs without a unit, then insert or correct the others."""
    course = clock.course_id
    with connection.cursor() as cursor:
        cursor.execute(DELETE_EMPTY_ARCS, [course])
        cursor.execute(UPSERT_ARCS, [course, course])


def update_clock(course: Course) -> None:
    """Create the clock of a new course, or move it where the course's dates changed."""
    if ensure_clock(course):
        return
    clock = clock_of(course)
    span = counting_span(course)
    landmark = course.starts_on
    if span:
        wanted = [course.starts_on, clock.landmark]
        landmark = landmark_for(wanted, horizon_of(course, span[1]), clock.half_life)
    if landmark != clock.landmark:
        rebuild(course, landmark=landmark)


def set_half_life(course: Course, half_life: int) -> RowCounts:
    """Store another half-life, in days, and rebuild the course's ties."""
    with transaction.atomic():
        clock = lock_clock_exclusively(course)
        clock.half_life = half_life
        clock.save(update_fields=["half_life"])
        return rebuild(course)


# Checking

DIFFERING_UNITS = f"""
SELECT source_id, target_id, post_id, day, SUM(n), SUM(w), SUM(m), SUM(v)
FROM (
  SELECT source_id, target_id, post_id, day, events AS n, quantum AS w, 0 AS m, 0 AS v
  FROM network_tieunit WHERE course_id = %s
  UNION ALL
  SELECT source_id, target_id, post_id, day, 0, 0, events, quantum FROM ({DERIVED_UNITS}) u
) x
GROUP BY source_id, target_id, post_id, day
HAVING SUM(n) <> SUM(m) OR SUM(w) <> SUM(v)
ORDER BY source_id, target_id, post_id, day
"""

DIFFERING_ARCS = f"""
SELECT source_id, target_id, SUM(n), SUM(k), SUM(w), SUM(m), SUM(l), SUM(v)
FROM (
  SELECT source_id, target_id, events AS n, units AS k, acc AS w, 0 AS m, 0 AS l, 0 AS v
  FROM network_tiearc WHERE course_id = %s
  UNION ALL
  SELECT source_id, target_id, 0, 0, 0, events, units, acc
  FROM ({DERIVED_ARCS.format(units=f"({DERIVED_UNITS}) u")}) a
) x
GROUP BY source_id, target_id
HAVING SUM(n) <> SUM(m) OR SUM(k) <> SUM(l) OR SUM(w) <> SUM(v)
ORDER BY source_id, target_id
"""


def check(course: Course) -> list[str]:
    """Compare the stored ties with the comments; return a line for each row that differs.

    Changes nothing: the weights of days that are only needed to compare are rolled back.
    """
    clock = clock_of(course)
    with transaction.atomic():
        with counted_events(course) as span:
            try:
                if span:
                    fill_tie_days(clock, *span)
                differences = [*_differing_units(clock), *_differing_arcs(clock)]
            except ClockOverrun as error:
                differences = [_("clock: %(error)s") % {"error": error}]
        transaction.set_rollback(True)
    return differences


def _differing_units(clock: TieClock) -> Iterator[str]:
    rows = _fetch(DIFFERING_UNITS, [clock.course_id, *_clock_params(clock)])
    names = _names(rows)
    posts = Post.objects.in_bulk({row[2] for row in rows})
    for source, target, post, day, events, weight, right_events, right_weight in rows:
        yield _(
            "unit %(source)s → %(target)s on %(post)s, %(day)s: stored %(events)d (weight "
            "%(weight)d), derived %(right_events)d (weight %(right_weight)d)"
        ) % {
            "source": names[source],
            "target": names[target],
            "post": posts[post].slug,
            "day": day,
            "events": events,
            "weight": weight,
            "right_events": right_events,
            "right_weight": right_weight,
        }


def _differing_arcs(clock: TieClock) -> Iterator[str]:
    rows = _fetch(DIFFERING_ARCS, [clock.course_id, *_clock_params(clock)])
    names = _names(rows)
    for source, target, events, units, acc, right_events, right_units, right_acc in rows:
        yield _(
            "arc %(source)s → %(target)s: stored %(events)d (units %(units)d, sum %(acc)d), "
            "derived %(right_events)d (units %(right_units)d, sum %(right_acc)d)"
        ) % {
            "source": names[source],
            "target": names[target],
            "events": events,
            "units": units,
            "acc": acc,
            "right_events": right_events,
            "right_units": right_units,
            "right_acc": right_acc,
        }


def _fetch(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _names(rows: list[tuple]) -> dict[int, str]:
    people = {person for row in rows for person in row[:2]}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "username"))
