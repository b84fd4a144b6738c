"""Waiting times of writers of one SQLite file: those who queue beside those who poll.

    python -m tests.benchmarks.bench_writers          8 writers
    python -m tests.benchmarks.bench_writers 16

Each writer is a process that works for a while, as a request does, and then writes: a transaction
that reads, works, adds a row and changes one. Rounds of both kinds take turns, so
that a busy minute slows both. A wait has to be told in time; compare what one run says.
"""

import argparse
import os
import statistics
import tempfile
import time
import warnings
from multiprocessing import get_context
from pathlib import Path

KINDS = {"poll": "django.db.backends.sqlite3", "queue": "plnsite.sqlite"}
WRITES, ROUNDS = 100, 4
WORK_SECONDS = 0.003  # of CPU time, before each transaction and within it

SCHEMA = """
CREATE TABLE total (writer int PRIMARY KEY, rows int);
CREATE TABLE row (id integer PRIMARY KEY, writer int, words text);
CREATE INDEX row_writer ON row (writer)
"""


def connect(engine: str, file: Path):
    """Return Django's connection to a file by one of the two backends."""
    from django.db.utils import ConnectionHandler

    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
    return ConnectionHandler({"default": {"ENGINE": engine, "NAME": file, "OPTIONS": options}})


def write(engine: str, file: Path, writer: int, ready, results) -> None:
    from django.db import transaction

    connections = connect(engine, file)
    connection = connections["default"]
    transaction.get_connection = lambda using=None: connection
    waits = []
    ready.wait()
    with connection.cursor() as cursor:
        for _ in range(WRITES):
            work()
            start = time.perf_counter()
            with transaction.atomic():
                cursor.execute("SELECT count(*) FROM row WHERE writer = %s", [writer])
                work()
                cursor.execute(
                    "INSERT INTO row (writer, words) VALUES (%s, %s)", [writer, "word " * 200]
                )
                cursor.execute("UPDATE total SET rows = rows + 1 WHERE writer = %s", [writer])
            waits.append(time.perf_counter() - start)
    connection.close()
    results.put(waits)


def work() -> None:
    end = time.process_time() + WORK_SECONDS
    while time.process_time() < end:
        sum(range(200))


def one_round(engine: str, writers: int) -> list[float]:
    """Return the seconds that each write of all writers took, its wait included."""
    processes = get_context("fork")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.sqlite3"
        connection = connect(engine, file)["default"]
        with connection.cursor() as cursor:
            for statement in SCHEMA.split(";"):
                cursor.execute(statement)
            cursor.executemany("INSERT INTO total VALUES (%s, 0)", [(n,) for n in range(writers)])
        connection.close()
        ready, results = processes.Barrier(writers), processes.Queue()
        started = [
            processes.Process(target=write, args=(engine, file, n, ready, results))
            for n in range(writers)
        ]
        for process in started:
            process.start()
        waits = [wait for _ in started for wait in results.get()]
        for process in started:
            process.join()
    assert len(waits) == writers * WRITES
    return waits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("writers", type=int, nargs="?", default=8)
    writers = parser.parse_args().writers
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plnsite.settings")
    warnings.simplefilter("ignore", RuntimeWarning)  # there are no apps here
    waits: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(ROUNDS):
        for kind, engine in KINDS.items():
            waits[kind] += one_round(engine, writers)
    print(f"{writers} writers, {ROUNDS} rounds of {WRITES} writes each; ms")
    print(f"{'':8}{'median':>10}{'p95':>10}{'p99':>10}{'longest':>10}{'p99 : median':>14}")
    for kind, taken in waits.items():
        cuts = [1e3 * cut for cut in statistics.quantiles(taken, n=100)]
        median, p95, p99 = cuts[49], cuts[94], cuts[98]
        longest = 1e3 * max(taken)
        print(f"{kind:8}{median:10.1f}{p95:10.1f}{p99:10.1f}{longest:10.1f}{p99 / median:14.1f}")


if __name__ == "__main__":
    main()
