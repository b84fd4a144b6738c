"""Time of DuckDB for the ties of exported events: ``python -m tests.benchmarks.bench_batch``.

Arguments: the number of events (10,000,000), and of courses at once (500). The events are drawn by
DuckDB from a seed, 5,000 for each course of 100 people, as ``export_events`` would write them.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import duckdb

EVENTS_OF_A_COURSE, PEOPLE, POSTS, DAYS, HALF_LIFE = 5_000, 100, 400, 84, 14
BILLION = 1_000_000_000


def write_events(folder: Path, events: int) -> int:
    """Write drawn events as ``export_events`` does; return the number of courses."""
    courses = max(1, events // EVENTS_OF_A_COURSE)
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")
    database.execute("SELECT setseed(0.4)")
    database.execute("SET threads = 1")  # so that a seed draws the same
    database.execute(
        f"""
        CREATE TABLE drawn AS SELECT
          'course-' || (number // {EVENTS_OF_A_COURSE}) AS course,
          'P' || substr(md5('' || floor(random() * {PEOPLE})), 1, 12) AS source,
          'P' || substr(md5('' || floor(random() * {PEOPLE})), 1, 12) AS target,
          'T' || substr(md5('' || floor(random() * {POSTS})), 1, 12) AS post,
          CAST(floor(random() * {DAYS}) AS INTEGER) AS days
        FROM range({courses * EVENTS_OF_A_COURSE}) numbers(number)
        """
    )
    database.execute(
        f"""
        COPY (SELECT course, source, target, post, DATE '2026-09-07' + days AS day, days FROM drawn)
        TO '{folder / "events"}' (FORMAT parquet, PARTITION_BY (course), FILENAME_PATTERN 'events')
        """
    )
    database.execute(
        f"""
        COPY (
          SELECT DISTINCT course, DATE '2026-09-07' AS landmark, {HALF_LIFE} AS half_life FROM drawn
        ) TO '{folder / "courses.parquet"}' (FORMAT parquet)
        """
    )
    weights = [(HALF_LIFE, days, round(2 ** (20 + days / HALF_LIFE))) for days in range(DAYS)]
    database.execute("CREATE TABLE weights (half_life INTEGER, days INTEGER, quantum BIGINT)")
    database.executemany("INSERT INTO weights VALUES (?, ?, ?)", weights)
    database.execute(f"COPY weights TO '{folder / 'tie_days.parquet'}' (FORMAT parquet)")
    return courses


def main(events: int = 10_000_000, courses_at_once: int = 500) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # In a process of its own, whose memory does not count.
        with get_context("spawn").Pool(1) as pool:
            courses = pool.apply(write_events, (folder, events))
        command = [sys.executable, "-m", "network.batch.duckdb_arcs", folder, folder / "arcs"]
        begun = time.perf_counter()
        process = subprocess.Popen([*command, "--courses", str(courses_at_once)])
        _pid, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    assert status == 0
    cpu = used.ru_utime + used.ru_stime
    drawn = courses * EVENTS_OF_A_COURSE
    billion = timedelta(seconds=round(cpu / drawn * BILLION))
    print(f"{drawn:,} events of {courses:,} courses, {courses_at_once:,} courses at once")
    print(f"{cpu:.1f} s of CPU, {wall:.1f} s on the clock of this machine")
    print(f"{drawn / cpu:,.0f} events for a second of CPU, at most {used.ru_maxrss // 1024:,} MB")
    print(f"{BILLION:,} events, by as many ranges as they need: {billion} of CPU")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
