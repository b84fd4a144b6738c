"""The clock of a course: from which day its ties count, how fast they fade, who may move it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, Min
from django.utils.translation import gettext

from blog.models import Comment, Course, Interaction
from network.models import TieClock, TieDay
from network.ties.classes import Reading
from network.ties.decay import fits, quantum

SHORTEST = min(TieClock.HalfLife.values)


def reading_day(course: Course) -> date:
    """Return the day the ties are read at: today where the course is, its last day afterwards.

    Reading at the start of a day means that a unit made today is worth exactly 1, that nothing
    changes but at midnight, and that a finished course stands still.
    """
    return min(course.today(), course.ends_on)


def clock_of(course: Course) -> TieClock:
    """Return the course's clock, or the one it would get: reading writes nothing."""
    return TieClock.objects.filter(course=course).first() or TieClock(
        course=course, landmark=course.starts_on
    )


def reading(clock: TieClock, day: date) -> Reading:
    return Reading((day - clock.landmark).days, clock.half_life)


def explain(clock: TieClock) -> str:
    """Return the line that stands wherever a tie is shown."""
    lines = {
        TieClock.HalfLife.ONE_WEEK: gettext(
            "A comment counts 1 on the day you make it and half as much every week. "
            "Several comments on one post in one day count once."
        ),
        TieClock.HalfLife.TWO_WEEKS: gettext(
            "A comment counts 1 on the day you make it and half as much every two weeks. "
            "Several comments on one post in one day count once."
        ),
        TieClock.HalfLife.FOUR_WEEKS: gettext(
            "A comment counts 1 on the day you make it and half as much every four weeks. "
            "Several comments on one post in one day count once."
        ),
    }
    return lines[TieClock.HalfLife(clock.half_life)]


def make_clock(course: Course) -> bool:
    """Give the course its clock if it has none; say whether it had none.

    The clock starts with the course, and ties fade by half in two weeks until somebody changes it.
    """
    return TieClock.objects.get_or_create(course=course, defaults={"landmark": course.starts_on})[1]


def serves(clock: TieClock, horizon: date) -> bool:
    return fits(clock.landmark, horizon, clock.half_life)


def horizon_of(course: Course, *days: date) -> date:
    """Return the latest day that matters: the reading's, or a later one among ``days``."""
    return max(reading_day(course), *days) if days else reading_day(course)


def counting_span(course: Course) -> tuple[date, date] | None:
    """Return the first and the last day with a counting comment."""
    span = (
        Comment.objects.counting()
        .filter(post__course=course)
        .aggregate(first=Min("day"), last=Max("day"))
    )
    return (span["first"], span["last"]) if span["first"] else None


def fill_days(clock: TieClock, first: date, last: date) -> None:
    """Write what units of these days weigh, so that SQL can join what it must not compute.

    pow() may differ by a bit between machines and databases; these rows come from integers.
    """
    start, end = ((day - clock.landmark).days for day in (first, last))
    there = TieDay.objects.filter(half_life=clock.half_life, offset__range=(start, end))
    missing = set(range(start, end + 1)) - set(there.values_list("offset", flat=True))
    TieDay.objects.bulk_create(
        [
            TieDay(
                half_life=clock.half_life,
                offset=offset,
                quantum=quantum(offset, clock.half_life),
            )
            for offset in sorted(missing)
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


# The lock


class Standing(NamedTuple):
    """The events that a unit and its arc hold; None where there is no such row."""

    unit: int | None
    arc: int | None


def hold(
    course: Course, horizon: date, leaving: Sequence[Interaction] = ()
) -> tuple[TieClock, list[Standing]]:
    """Lock the clock for a change of events; look at what the leaving ones stand on.

    The lock is shared: any number of events may change at once, and all of them wait for, or are
    waited for by, a rebuild. Where the clock itself may have to move the lock is exclusive from
    the start, because two holders of a shared one could not both rise to it. What the leaving
    interactions stand on is looked at, not locked, so whoever relies on it must verify it.
    """
    exclusive = _may_move(course, horizon)
    rows = _hold(course, leaving, exclusive=exclusive)
    if not rows:
        make_clock(course)
        rows = _hold(course, leaving, exclusive=exclusive)
    clock = rows[0]
    clock.course = course
    return clock, [Standing(row.unit_events, row.arc_events) for row in rows] if leaving else []


def hold_alone(course: Course) -> TieClock:
    """Lock the clock against every change of events, for a rebuild."""
    make_clock(course)
    clock = TieClock.objects.select_for_update().get(course=course)
    clock.course = course
    return clock


def _may_move(course: Course, horizon: date) -> bool:
    """Say whether the course's first day, the usual landmark, could fail to serve ``horizon``."""
    return not fits(course.starts_on, horizon, SHORTEST)


LEAVING = """
LEFT JOIN (VALUES {rows}) w ON TRUE
LEFT JOIN network_tieunit u ON u.course_id = c.course_id AND u.source_id = w.column2
  AND u.target_id = w.column3 AND u.post_id = w.column4 AND u.day = w.column5
LEFT JOIN network_tiearc a ON a.course_id = c.course_id AND a.source_id = w.column2
  AND a.target_id = w.column3
"""


def _hold(course: Course, leaving: Sequence[Interaction], *, exclusive: bool) -> list[Any]:
    """Read the clock under a lock, once for each leaving exchange, joined to its rows.

    SQLite needs no lock: its transactions take the only one there is when they begin.
    """
    columns, joins, order, params = "c.*", "", "", []
    if leaving:
        columns += ", u.events AS unit_events, a.events AS arc_events"
        joins = LEAVING.format(rows=", ".join(["(%s, %s, %s, %s, %s)"] * len(leaving)))
        order = "ORDER BY w.column1"
    for place, one in enumerate(leaving):
        day = connection.ops.adapt_datefield_value(one.day)
        params += [place, one.source, one.target, one.post, day]
    lock = ""
    if connection.features.has_select_for_update:
        lock = "FOR UPDATE OF c" if exclusive else "FOR SHARE OF c"
    return list(
        TieClock.objects.raw(
            f"SELECT {columns} FROM network_tieclock c {joins}"
            f" WHERE c.course_id = %s {order} {lock}",
            [*params, course.pk],
        )
    )
