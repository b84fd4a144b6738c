"""Outages: errors that say that a store cannot be used now, and not that the code is wrong.

A full disk, a read-only one, a database or cache that does not answer: each ends with a 503, which
says that nothing was stored and gives back what was sent.
"""

import errno
from collections.abc import Iterator

from django.db import Error, InterfaceError

# Of SQLite: busy, locked, read-only, input/output, full, cannot open.
SQLITE_OUTAGES = {5, 6, 8, 10, 13, 14}
# Of PostgreSQL, by how a state begins: connection, read-only transaction, deadlock and the like,
# resources such as disk and memory, lock, operator, system.
POSTGRES_OUTAGES = ("08", "25006", "40", "53", "55P03", "57", "58")
# Whatever these raise is about a store elsewhere: the cache, or the bucket of the pictures.
DRIVERS = ("redis.", "botocore.", "boto3.")
DISK_OUTAGES = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO}


def is_outage(error: BaseException | None) -> bool:
    """Return whether an error, or one that led to it, is an outage of a store."""
    return any(_is_outage(one) for one in chain_of(error))


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that led to it, the last one first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_outage(error: BaseException) -> bool:
    if type(error).__module__.startswith(DRIVERS):  # some of which are errors of the system too
        return True
    if isinstance(error, OSError):
        return error.errno in DISK_OUTAGES
    if not isinstance(error, Error):
        return False
    driver = error.__cause__
    code = getattr(driver, "sqlite_errorcode", None)
    if code is not None:
        return (code & 0xFF) in SQLITE_OUTAGES
    state = getattr(driver, "sqlstate", None)
    if state:
        return state.startswith(POSTGRES_OUTAGES)
    # Without a state there was no answer: the connection failed.
    return isinstance(error, InterfaceError) or type(driver).__name__ == "OperationalError"
