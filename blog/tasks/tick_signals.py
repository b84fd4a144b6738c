"""Work and words of other apps at a tick: they listen to signals, and write rows only."""

from datetime import datetime
from typing import Any

from blog.models import User
from blog.signals import digest_due, digest_queued, work_due


def do_due_work() -> int:
    """Let all listeners do their due work; return how much they did."""
    return sum(number for _receiver, number in work_due.send(sender=None))  # type: ignore[misc]


def waiting_elsewhere(now: datetime) -> dict[int, datetime]:
    """Return since when something of other apps waits for a digest, by the key of its reader."""
    answers: list[tuple[Any, Any]] = digest_due.send(sender=None, now=now)
    since: dict[int, datetime] = {}
    for _receiver, waiting in answers:
        for reader, moment in waiting.items():
            since[reader] = min(moment, since.get(reader, moment))
    return since


def tell_of_digest(reader: User, mail_key: str) -> None:
    """Let all listeners give a digest that is queued now what waits for its reader."""
    digest_queued.send(sender=None, reader=reader, mail_key=mail_key)
