"""Actions at the same moment: in threads, each with a database connection of its own."""

import threading
import time
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction

PATIENCE = 30

# Step by step, where the database lets two transactions stand open: the one thing that a race
# by chance may miss is who waits for whom.
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has one writer at a time, so nothing can come between",
)


def at_once(*actions):
    """Run each action in a thread with a connection of its own; raise what any of them raised."""
    start, raised = threading.Barrier(len(actions)), []

    def run(action):
        try:
            start.wait(PATIENCE)
            action()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    if raised:
        raise raised[0]


@contextmanager
def elsewhere(action):
    """Begin ``action`` in another connection; it must be waiting when the block ends."""
    done = threading.Event()
    result = []

    def run():
        try:
            with transaction.atomic():
                action()
        except BaseException as error:
            result.append(error)
        finally:
            connections.close_all()
            done.set()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        yield thread, done
    thread.join(PATIENCE)
    assert result == []


@contextmanager
def queueing(*actions):
    """Run the block in a transaction with all actions waiting behind it, in this order.

    Yields a list that holds what each of them raised, or None, once the block has ended.
    """
    results = [None] * len(actions)

    def run(place, action):
        try:
            action()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    with transaction.atomic():
        yield results
        for waiting, thread in enumerate(threads, start=1):
            thread.start()
            wait_for_waiting(waiting)
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


def wait_for_waiting(count):
    """Return when so many connections to this database wait for a lock."""
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            # A transaction sees one snapshot of the statistics, unless it asks for a new one.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= count:
                return
            time.sleep(0.02)
    raise AssertionError(f"{count} actions should wait for a lock")
