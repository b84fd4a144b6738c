"""Make the files of everything that people asked for, and delete old ones."""

import logging
import time
from tempfile import TemporaryFile

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from blog.models import Takeout, claim_row
from blog.models.languages import language_for
from blog.models.outbox import queue_mail
from blog.takeout import Everything
from blog.tasks.retries import next_try

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 4
SECONDS_PER_TICK = 40  # then no other one is begun: mail has to go out
SECONDS_BETWEEN_STEPS = 1  # as often it is stored how far it is


# No disk is for one person. The pictures of a thousand posts are less.
MAX_BYTES = 4_000_000_000


class Cancelled(Exception):
    """The file that is being made is not wanted any longer."""


class TooLarge(Exception):
    """The file that is being made has more bytes than one may have."""


def make_takeouts() -> int:
    """Make the due files, one after the other; return the number of those that are ready.

    Each is written to a file on disk and then handed to the storage, outside any transaction. A
    tick that dies leaves it to a later one.
    """
    made, stops_at = 0, time.monotonic() + SECONDS_PER_TICK
    for pk in list(Takeout.objects.due().values_list("pk", flat=True)):
        takeout = _claim(pk)
        if takeout is not None:
            made += _make(takeout)
        if time.monotonic() > stops_at:
            break
    return made


def delete_old_takeouts() -> int:
    """Delete what is not kept any longer, files first, and files that no row names.

    Return their number.
    """
    deleted = 0
    for takeout in Takeout.objects.old():
        takeout.delete_file()
        takeout.delete()
        deleted += 1
    return deleted + Takeout.delete_unnamed_files()


def _claim(pk: int) -> Takeout | None:
    """Count an attempt and postpone the next, so that two ticks do not make one file twice.

    One that is due after its last attempt ended the tick that made it: it is given up.
    """
    takeout = Takeout.objects.due().select_related("person", "course").filter(pk=pk).first()
    if takeout is None:
        return None
    if takeout.attempts >= MAX_ATTEMPTS:
        _give_up(Takeout.objects.due(), pk)
        return None
    attempts = takeout.attempts + 1
    due_at = next_try(attempts)
    if not claim_row(takeout, "attempts", "due_at", attempts=attempts, due_at=due_at):
        return None
    takeout.attempts, takeout.due_at = attempts, due_at
    return takeout


def _make(takeout: Takeout) -> bool:
    """Make one that is claimed; whatever goes wrong is its own. Somebody whose account is closed
    gets none."""
    if not takeout.person.is_active:
        takeout.delete()
        return False
    try:
        with TemporaryFile() as file:
            _write(takeout, file)
            _store(takeout, file)
    except Cancelled:
        return False
    except TooLarge:  # nor would it be smaller the next time
        logger.error("The take-out %s is larger than a file may be", takeout.pk)
        _give_up(Takeout.objects.waiting(), takeout.pk)
        return False
    except Exception:  # of a disk, the storage, a text: the next one may be fine
        logger.exception("The take-out %s was not made", takeout.pk)
        if takeout.attempts >= MAX_ATTEMPTS:
            _give_up(Takeout.objects.waiting(), takeout.pk)
        else:
            due_at = next_try(takeout.attempts)
            Takeout.objects.waiting().filter(pk=takeout.pk).update(due_at=due_at)
        return False
    return takeout.state == Takeout.State.READY


def _give_up(takeouts: QuerySet[Takeout], pk: int) -> None:
    """Mark one of these as failed: there will be no file."""
    takeouts.filter(pk=pk).update(state=Takeout.State.FAILED, finished_at=timezone.now())


def _write(takeout: Takeout, file) -> None:
    """Write the zip, and store now and then how far it is. Raises Cancelled."""
    everything = Everything(takeout.person, takeout.course)
    total, told_at = everything.steps(), time.monotonic()
    _record(takeout, 0, total)

    def tell(done: int) -> None:
        nonlocal told_at
        if file.tell() > MAX_BYTES:
            raise TooLarge
        if time.monotonic() - told_at >= SECONDS_BETWEEN_STEPS:
            _record(takeout, done, total)
            told_at = time.monotonic()

    with translation.override(language_for(takeout.person, takeout.course)):
        everything.write(file, tell)


def _record(takeout: Takeout, done: int, total: int) -> None:
    if not takeout.record_steps(done, total):
        raise Cancelled


def _store(takeout: Takeout, file) -> None:
    """Store a finished zip, and notify its person; drop it if it was deleted."""
    size = file.tell()
    file.seek(0)
    takeout.file.save("", File(file), save=False)
    takeout.restrict_file()
    takeout.bytes, takeout.finished_at = size, timezone.now()
    try:
        with transaction.atomic():
            stored = (
                Takeout.objects.waiting()
                .filter(pk=takeout.pk)
                .update(
                    state=Takeout.State.READY,
                    file=takeout.file.name,
                    bytes=size,
                    done=takeout.total,
                    finished_at=takeout.finished_at,
                )
            )
            if stored:
                key = f"takeout:{takeout.pk}"
                options = {"key": key, "at_once": True, "takeout": takeout.pk}
                queue_mail(takeout.person, "takeout_ready", **options)
    except BaseException:
        takeout.delete_file()
        raise
    if stored:
        takeout.state = Takeout.State.READY
        _delete_earlier(takeout)
    else:
        takeout.delete_file()


def _delete_earlier(takeout: Takeout) -> None:
    """Delete earlier files of the same: each person has one at a time, the newest."""
    ready = Takeout.objects.of(takeout.person).filter(state=Takeout.State.READY)
    for earlier in ready.filter(course=takeout.course, pk__lt=takeout.pk):
        earlier.delete_file()
        earlier.delete()
