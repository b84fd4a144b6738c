"""Verify works: look them up at registries, again each week."""

import logging
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from blog.citations.comparison import bibliographic_query, is_verifiable, verification_result
from blog.lookup import Found, Unavailable, find_doi, find_words, is_on
from blog.models import Work, WorkVerification, claim_row
from blog.tasks.retries import NEVER, RETRY_AFTER, next_try

logger = logging.getLogger(__name__)

WORKS_PER_TICK = 20
VERIFY_EVERY = timedelta(days=7)


def verify_due_works() -> int:
    """Verify due works, a batch at a time; return the number of works verified.

    The first service that does not answer ends the batch: the others wait for the next tick.
    No service is asked inside a transaction: an answer may take seconds.
    """
    if not is_on():
        return 0
    verified = 0
    for work in list(WorkVerification.objects.due_works()[:WORKS_PER_TICK]):
        if not _claim(work):
            continue
        if not is_verifiable(work.csl):
            WorkVerification.objects.filter(work=work).update(due_at=timezone.now() + NEVER)
            continue
        try:
            verified += verify_work(work)
        except Unavailable as error:
            logger.warning("Verifying works stops for now: %s", error)
            _postpone(work)
            break
        except (
            Exception
        ):  # an answer nobody has thought of must not keep the works behind it waiting
            logger.exception("Work %s was not verified", work.pk)
            _postpone(work)
    return verified


def verify_work(work: Work) -> bool:
    """Look one work up at a registry and store the answer; return whether it was stored.

    It is not if the work was changed or deleted meanwhile. Raises ``Unavailable`` if no service
    answers.
    """
    found = _ask(work)
    now = timezone.now()
    with transaction.atomic():
        current = Work.objects.select_for_update(of=("self",)).filter(pk=work.pk).first()
        if current is None or current.csl != work.csl:
            return False
        verification = WorkVerification(
            work=current,
            found=found and asdict(found),
            doi=current.doi,
            checked_at=now,
            due_at=now + VERIFY_EVERY,
        )
        verification.result = verification_result(current.csl, verification.found)
        verification.save()
    return True


def _ask(work: Work) -> Found | None:
    return find_doi(work.doi) if work.doi else find_words(bibliographic_query(work.csl))


def _claim(work: Work) -> bool:
    """Postpone a work for a while, so that two ticks do not look it up at the same time."""
    later = timezone.now() + RETRY_AFTER
    verification, is_new = WorkVerification.objects.get_or_create(
        work=work, defaults={"due_at": later}
    )
    if is_new:
        return True
    return verification.due_at <= timezone.now() and claim_row(verification, "due_at", due_at=later)


def _postpone(work: Work) -> None:
    """Retry a work later, twice as late after each failure; its last answer stays stored."""
    verification = WorkVerification.objects.get(work=work)
    verification.failures = min(verification.failures + 1, 10)
    verification.due_at = next_try(verification.failures)
    verification.save(update_fields=["failures", "due_at"])
