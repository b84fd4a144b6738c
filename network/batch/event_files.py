"""Write the events of all courses as Parquet files, for what sums over all of them.

=====================================  ==========================================================
``courses.parquet``                    ``course`` (its address), ``landmark``, ``half_life`` (days)
``tie_days.parquet``                   ``half_life``, ``days``, ``quantum``: what an event weighs
                                       that was ``days`` after its course's landmark (ties.decay)
``events/course=…/events.parquet``     ``source``, ``target``, ``post``, ``day``, ``days``
=====================================  ==========================================================

An event is a comment that counts (``Comment.objects.counting``). People and posts have the codes of
the exports of their course's network: nobody has the same in two courses. What anybody wrote is not
in it, and no name. ``pyarrow`` is of the extra ``batch``.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from blog.models import Comment, Course
from network.models import TieClock
from network.ties.clock import clock_of, ensure_clock
from network.ties.decay import quantum

EVENTS_AT_ONCE = 20_000


def write_event_files(folder: Path, courses: Iterable[Course]) -> Iterator[tuple[Course, int]]:
    """Write the events of courses into an empty folder; yield each with its number of events.

    No more than EVENTS_AT_ONCE are in memory. The tables of courses and weights are there when this
    has ended.
    """
    text, day, number = pyarrow.string(), pyarrow.date32(), pyarrow.int32()
    of_events = pyarrow.schema(
        [("source", text), ("target", text), ("post", text), ("day", day), ("days", number)]
    )
    of_courses = pyarrow.schema([("course", text), ("landmark", day), ("half_life", number)])
    of_days = pyarrow.schema(
        [("half_life", number), ("days", number), ("quantum", pyarrow.int64())]
    )

    def table(schema: Any, rows: Iterable[tuple[Any, ...]]) -> Any:
        columns = list(zip(*rows, strict=True)) or [()] * len(schema)
        return pyarrow.table(dict(zip(schema.names, columns, strict=True)), schema=schema)

    listed, weights = [], {}
    for course in courses:
        ensure_clock(course)
        clock = clock_of(course)
        listed.append((course.slug, clock.landmark, clock.half_life))
        path = folder / "events" / f"course={course.slug}" / "events.parquet"
        path.parent.mkdir(parents=True)
        written = 0
        with parquet.ParquetWriter(path, of_events) as writer:
            for rows in _batches(_events(course, clock)):
                writer.write_table(table(of_events, rows))
                for days in {row[-1] for row in rows}:
                    weights[clock.half_life, days] = quantum(days, clock.half_life)
                written += len(rows)
        yield course, written
    parquet.write_table(table(of_courses, listed), folder / "courses.parquet")
    days_rows = [(*key, weight) for key, weight in sorted(weights.items())]
    parquet.write_table(table(of_days, days_rows), folder / "tie_days.parquet")


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, EVENTS_AT_ONCE)):
        yield batch


def _events(course: Course, clock: TieClock) -> Iterator[tuple[Any, ...]]:
    code = cache(clock.code_of)  # a person is in many events
    comments = Comment.objects.counting().filter(post__course=course).order_by()
    rows = comments.values_list("author", "addressee", "post", "day")
    for author, addressee, post, day in rows.iterator(EVENTS_AT_ONCE):
        days = (day - clock.landmark).days
        yield code(author), code(addressee), code(f"post:{post}", "T"), day, days
