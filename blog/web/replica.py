"""Reports and exports read from the replica of the database, on sites that have one.

What is read there may be seconds old. So that nobody misses what they have just written, it is read
there only once the replica has all that was stored before: it is waited for, a second at most, and
else the primary is read. All writes go to the primary, and so does every other page.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Model

from blog.web.logs import told

logger = logging.getLogger(__name__)

REPLICA = "replica"
# Sessions, accounts and the cache are asked whether somebody may do something: of the primary.
APPS = ("blog", "network")
PATIENCE_SECONDS = 1
PAUSE_SECONDS = 0.01

# How far the log of the primary is written; and without the wait for its disk, how far it is made.
STORED = """
    SELECT CASE current_setting('synchronous_commit')
      WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END
"""
IS_THERE = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"

_is_read: ContextVar[bool] = ContextVar("replica_is_read", default=False)


class ReplicaRouter:
    """A router of reads to the replica inside ``reading_replica``; writes go to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        # Named in both cases: by itself Django reads from where a row at hand comes from.
        return REPLICA if _is_read.get() and model._meta.app_label in APPS else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *rows: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, database: str, app_label: str, **hints: Any) -> bool:
        return database == DEFAULT_DB_ALIAS


def from_replica(view: Callable) -> Callable:
    """Let a view read from the replica; decorators above it, which ask for rights, do not."""

    @wraps(view)
    def inner(*args, **kwargs):
        with reading_replica():
            return view(*args, **kwargs)

    return inner


@contextmanager
def reading_replica() -> Iterator[None]:
    """Read from the replica in this block, if there is one that has all that is stored now."""
    token = _is_read.set(REPLICA in connections.settings and _is_current())
    try:
        yield
    finally:
        _is_read.reset(token)


def _is_current() -> bool:
    """Wait until the replica has all that the primary has stored; return whether that came true."""
    stored = _value(DEFAULT_DB_ALIAS, STORED)
    until = time.monotonic() + PATIENCE_SECONDS
    try:
        while not (is_there := _value(REPLICA, IS_THERE, stored)):
            # A database that is no standby has replayed nothing, and says NULL.
            if is_there is None or time.monotonic() > until:
                logger.warning("The replica is behind, or is none: the primary is read")
                return False
            time.sleep(PAUSE_SECONDS)
    except Error as error:
        logger.warning("The replica does not answer, the primary is read: %s", told(error))
        return False
    return True


def _value(alias: str, question: str, *parameters: Any) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(question, parameters)
        return cursor.fetchone()[0]
