"""The clock of a course: from which day its ties count, how fast they fade, and its lock."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, router
from django.db.models import Max, Min
from django.utils.translation import gettext

from blog.models import Comment, Course, Interaction
from blog.models.prepared_queries import prepared
from network.models import TieClock, TieDay
from network.ties.classes import Decay
from network.ties.decay import fits, quantum

SHORTEST_HALF_LIFE = min(TieClock.HalfLife.values)


def tie_date(course: Course) -> date:
    """Return the date the ties are computed at: today in the course's zone, at most its last day.

    Counting from the start of a day means that a unit made today is worth exactly 1, that nothing
    changes but at midnight, and that the ties of a finished course no longer change.
    """
    return min(course.today(), course.ends_on)


def clock_of(course: Course) -> TieClock:
    """Return the course's clock, or an unsaved one with its defaults: a GET writes nothing.

    It is read from where it is written, also by what reads a replica: an export has just made it.
    """
    clock = _stored_clock.first(None, course=course.pk)
    if clock is None:
        return TieClock(course=course, landmark=course.starts_on)
    clock.course = course
    return clock


@prepared
def _stored_clock(_shape: None, course: int):
    return TieClock.objects.using(router.db_for_write(TieClock)).filter(course=course)[:1]


def decay_on(clock: TieClock, day: date) -> Decay:
    """Return the decay of the ties in a clock's course on a day."""
    return Decay((day - clock.landmark).days, clock.half_life)


def explain(clock: TieClock) -> str:
    """Return the explanation of tie strength that is printed wherever a tie is shown."""
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


def ensure_clock(course: Course) -> bool:
    """Create the course's clock if it has none; return whether it was created.

    The clock starts with the course, and ties fade by half in two weeks until somebody changes it.
    """
    return TieClock.objects.get_or_create(course=course, defaults={"landmark": course.starts_on})[1]


def clock_fits(clock: TieClock, horizon: date) -> bool:
    """Return whether the clock's landmark can store and compare units as late as ``horizon``."""
    return fits(clock.landmark, horizon, clock.half_life)


def horizon_of(course: Course, *days: date) -> date:
    """Return the latest day that matters: the course's tie date, or a later one among ``days``."""
    return max(tie_date(course), *days) if days else tie_date(course)


def counting_span(course: Course) -> tuple[date, date] | None:
    """Return the first and the last day with a counting comment."""
    span = (
        Comment.objects.counting()
        .filter(post__course=course)
        .aggregate(first=Min("day"), last=Max("day"))
    )
    return (span["first"], span["last"]) if span["first"] else None


def fill_tie_days(clock: TieClock, first: date, last: date) -> None:
    """Store what units of these days weigh, so that SQL can join what it must not compute.

    pow() may differ by a bit between machines and databases; these rows come from integers.
    """
    start, end = ((day - clock.landmark).days for day in (first, last))
    stored = TieDay.objects.filter(half_life=clock.half_life, offset__range=(start, end))
    missing = set(range(start, end + 1)) - set(stored.values_list("offset", flat=True))
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


class StoredEvents(NamedTuple):
    """The number of events that a unit and its arc store; None where there is no such row."""

    unit: int | None
    arc: int | None


def lock_clock(
    course: Course, horizon: date, removed: Sequence[Interaction] = ()
) -> tuple[TieClock, list[StoredEvents]]:
    """Lock the clock for a change of events; return it with the stored rows of removed ones.

    The lock is shared: any number of events may change at once, and all of them wait for a
    rebuild, or a rebuild for them. Where the clock itself may have to move the lock is exclusive
    from the start, because two holders of a shared one could not both upgrade it. The rows of the
    removed interactions are read, not locked, so whoever relies on them must verify them.
    """
    exclusive = _may_need_new_landmark(course, horizon)
    rows = _select_clock(course, removed, exclusive=exclusive)
    if not rows:
        ensure_clock(course)
        rows = _select_clock(course, removed, exclusive=exclusive)
    clock = rows[0]
    clock.course = course
    return clock, [StoredEvents(row.unit_events, row.arc_events) for row in rows] if removed else []


def lock_clock_exclusively(course: Course) -> TieClock:
    """Lock the clock against every change of events, for a rebuild."""
    ensure_clock(course)
    clock = TieClock.objects.select_for_update().get(course=course)
    clock.course = course
    return clock


def _may_need_new_landmark(course: Course, horizon: date) -> bool:
    """Return whether the course's first day, the usual landmark, could be too far away."""
    return not fits(course.starts_on, horizon, SHORTEST_HALF_LIFE)


STORED_EVENTS_JOIN = """
LEFT JOIN (VALUES {rows}) w ON TRUE
LEFT JOIN network_tieunit u ON u.course_id = c.course_id AND u.source_id = w.column2
  AND u.target_id = w.column3 AND u.post_id = w.column4 AND u.day = w.column5
LEFT JOIN network_tiearc a ON a.course_id = c.course_id AND a.source_id = w.column2
  AND a.target_id = w.column3
"""


def _select_clock(course: Course, removed: Sequence[Interaction], *, exclusive: bool) -> list[Any]:
    """Select the clock under a lock, once for each removed interaction, joined to its rows.

    SQLite needs no lock: its transactions take the only one there is when they begin.
    """
    columns, joins, order, params = "c.*", "", "", []
    if removed:
        columns += ", u.events AS unit_events, a.events AS arc_events"
        joins = STORED_EVENTS_JOIN.format(rows=", ".join(["(%s, %s, %s, %s, %s)"] * len(removed)))
        order = "ORDER BY w.column1"
    for place, one in enumerate(removed):
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
