"""Turns of the writers of one SQLite file: they wait in a queue of the system and do not poll.

SQLite lets one writer in at a time; the others look again after pauses that grow to a tenth of a
second, so one of them can wait while many that came later are done (docs/adr/0045). Here threads
wait for a lock of their process, and one thread of each process for the locks of two files beside
the database. The system wakes whoever is next, and takes the lock from a process that dies.

One file is the queue and the other the turn: the first in the queue stays there until the turn is
free. With one lock for both, a writer that has ended its turn and comes again would be quicker than
those whom the system has to wake.

The locks are those of ``flock``, and of files of their own: closing any descriptor of the database
file would drop the locks that SQLite itself holds on it. SQLite still decides who writes; whoever
comes without a turn, such as a shell, meets its lock and waits as before.
"""

import fcntl
import os
import threading

FLAGS = os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC

_locks: dict[str, threading.Lock] = {}  # by database file, for the threads of this process
os.register_at_fork(after_in_child=_locks.clear)  # a thread that holds one is not in the child


class Turn:
    """The right to write to a database file, from its making until ``end``."""

    def __init__(self, database: str, timeout: float):
        """Wait for the turn. Raises TimeoutError if another thread does not end its own.

        A process that hangs in a transaction holds up one thread of each other process; the rest
        of their threads are refused in time.
        """
        self._is_over = True
        self._lock = _locks.setdefault(database, threading.Lock())
        if not self._lock.acquire(timeout=timeout):
            raise TimeoutError("Another thread has not ended its turn to write")
        try:
            queue = _lock(f"{database}-queue")
            try:
                self._file = _lock(f"{database}-turn")
            finally:
                _unlock(queue)
        except BaseException:
            self._lock.release()
            raise
        self._is_over = False

    def end(self) -> None:
        """Let the next writer in."""
        if self._is_over:
            return
        self._is_over = True
        _unlock(self._file)
        self._lock.release()

    def __del__(self) -> None:
        """Leave the turn of a thread that ends in the middle of a transaction to the collector."""
        self.end()


def _lock(path: str) -> int:
    """Open a file and wait for its lock; return its descriptor."""
    file = os.open(path, FLAGS, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except BaseException:
        os.close(file)
        raise
    return file


def _unlock(file: int) -> None:
    """Unlock a file and close it; in this order, as a child may have it too."""
    fcntl.flock(file, fcntl.LOCK_UN)
    os.close(file)
