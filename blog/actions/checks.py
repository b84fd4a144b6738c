"""Check works against registries, and take what was found.

Nothing is asked inside a transaction: an answer may take seconds. What is asked and what is
stored are two steps, and the second looks whether the record is still the one that was asked for.
"""

import logging
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.actions.references import change_work
from blog.citations.comparison import Defect, defects_of, is_listed, mend, question_of
from blog.exceptions import Refused
from blog.lookup import Found, Unavailable, find_doi, find_words, is_on
from blog.models import LogEntry, User, Work, WorkCheck

logger = logging.getLogger(__name__)

ALL = "all"
BATCH = 20
AGAIN_AFTER = timedelta(days=7)
RETRY_AFTER = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=1)
NEVER = timedelta(days=3650)  # until somebody changes the record


def check_due_works() -> int:
    """Check what is due, a batch at a time; return how many answers came.

    The first service that does not answer ends the batch: what waits, waits for the next tick.
    """
    if not is_on():
        return 0
    answered = 0
    for work in list(WorkCheck.objects.due_works()[:BATCH]):
        if not _claim(work):
            continue
        if not is_listed(work.csl):
            WorkCheck.objects.filter(work=work).update(due_at=timezone.now() + NEVER)
            continue
        try:
            answered += check_work(work)
        except Unavailable as error:
            logger.warning("Checking works stops for now: %s", error)
            _wait(work)
            break
    return answered


def check_work(work: Work) -> bool:
    """Ask about one work and keep the answer; say whether it was still wanted.

    Raises ``Unavailable`` if no service answers.
    """
    found = _ask(work)
    now = timezone.now()
    with transaction.atomic():
        held = Work.objects.select_for_update(of=("self",)).filter(pk=work.pk).first()
        if held is None or held.csl != work.csl:
            return False
        check = WorkCheck(
            work=held,
            found=found and asdict(found),
            doi=held.doi,
            checked_at=now,
            due_at=now + AGAIN_AFTER,
        )
        check.verdict = check.verdict_on(held.csl)
        check.save()
    return True


def take_found(work: Work, name: str, *, by: User) -> None:
    """Put the value that was found into the record; ``name`` says which, or ALL of them.

    What a record shows by itself, such as a title from a browser's tab, can be mended too.
    """
    with transaction.atomic():
        held = Work.objects.select_for_update(of=("self",)).select_related("course").get(pk=work.pk)
        check = WorkCheck.objects.filter(work=held).first()
        taken = [d for d in defects(held, check) if d.change and name in (d.name, ALL)]
        if not taken:
            raise Refused(_("There is nothing to take any more. Look at the reference again."))
        change_work(held, mend(held.csl, taken), by=by)
        LogEntry.record("found_value_taken", held, by=by, course=held.course, value=name)


def defects(work: Work, check: WorkCheck | None) -> list[Defect]:
    """Return what differs from what was found, or else what the record shows by itself."""
    if check is not None and check.found and check.found["csl"] and check.speaks_of(work.csl):
        return check.differences_of(work.csl)
    return defects_of(work.csl)


def _ask(work: Work) -> Found | None:
    return find_doi(work.doi) if work.doi else find_words(question_of(work.csl))


def _claim(work: Work) -> bool:
    """Take a work out of the queue for a while, so that two ticks don't ask for it at once."""
    later = timezone.now() + RETRY_AFTER
    check, is_new = WorkCheck.objects.get_or_create(work=work, defaults={"due_at": later})
    if is_new:
        return True
    due = WorkCheck.objects.due().filter(work=work, due_at=check.due_at)
    return due.update(due_at=later) == 1


def _wait(work: Work) -> None:
    """Ask for a work later, twice as late after each failure. An answer it has, it keeps."""
    check = WorkCheck.objects.get(work=work)
    check.failures = min(check.failures + 1, 10)
    check.due_at = timezone.now() + min(RETRY_AFTER * 2**check.failures, LONGEST_WAIT)
    check.save(update_fields=["failures", "due_at"])
