"""Sum the ties of all courses from exported events with DuckDB, on one machine.

``python -m network.batch.duckdb_arcs EVENTS ARCS [--courses N] [--memory 2GB]``. It needs the extra
``batch`` and no Django.
"""

import argparse
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

SQL = Path(__file__).with_name("arcs.sql").read_text()
COURSES_AT_ONCE = 500


class MissingWeight(ValueError):
    """A day of an event has no weight: the files are not of one export."""


def write_arcs(
    events: Path, arcs: Path, *, courses_at_once: int = COURSES_AT_ONCE, memory: str = ""
) -> int:
    """Write the arcs of exported events into an empty folder; return their number.

    As many courses at once as ``courses_at_once``, each range into a Parquet file, so memory does
    not grow with the number of courses. Raise MissingWeight for a day that has no weight.
    """
    database = duckdb.connect(config={"memory_limit": memory} if memory else {})
    for name in ("courses", "tie_days"):
        path = _quoted(events / f"{name}.parquet")
        database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({path})")
    listed = database.execute("SELECT course FROM courses ORDER BY course").fetchall()
    number = 0
    for place, courses in enumerate(_ranges([course for (course,) in listed], courses_at_once)):
        files = [
            _quoted(events / "events" / f"course={course}" / "*.parquet") for course in courses
        ]
        database.execute(
            f"CREATE OR REPLACE VIEW events AS SELECT * FROM read_parquet([{', '.join(files)}],"
            " hive_partitioning = true, hive_types = {'course': VARCHAR})"
        )
        database.execute(f"CREATE OR REPLACE TABLE arcs AS {SQL}")
        count, complete = _only(database.execute("SELECT COUNT(*), COUNT(acc) FROM arcs"))
        if count != complete:
            raise MissingWeight(f"{count - complete} arcs have a day without a weight")
        path = _quoted(arcs / f"arcs-{place:05}.parquet")
        database.execute(f"COPY arcs TO {path} (FORMAT parquet)")
        number += count
    return number


def _ranges(courses: list[str], size: int) -> Iterator[list[str]]:
    rest = iter(courses)
    while found := list(islice(rest, size)):
        yield found


def _only(result: Any) -> tuple[int, int]:
    return result.fetchone()


def _quoted(path: Path) -> str:
    """Return a path as a literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", type=Path, help="the folder of manage.py export_events")
    parser.add_argument("arcs", type=Path, help="a new folder for the ties")
    parser.add_argument("--courses", type=int, default=COURSES_AT_ONCE, help="how many at once")
    parser.add_argument("--memory", default="", help="what DuckDB may use, for example 2GB")
    options = parser.parse_args()
    options.arcs.mkdir(parents=True)
    number = write_arcs(
        options.events, options.arcs, courses_at_once=options.courses, memory=options.memory
    )
    print(f"{number} arcs")


if __name__ == "__main__":
    main()
