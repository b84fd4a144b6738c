"""Recurring tasks of ``manage.py tick``: queue digests, send mail, give posts to comment on, verify
works, delete old snapshots.

Everything here is safe to run twice and at the same time, and has no actor.
"""

import logging
import time
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Min
from django.template.loader import render_to_string
from django.utils import timezone, translation

from blog.citations.comparison import bibliographic_query, is_verifiable, verification_result
from blog.lookup import Found, Unavailable, find_doi, find_words, is_on
from blog.models import (
    AuditEvent,
    Course,
    DraftSnapshot,
    Notification,
    OutboxMessage,
    Prompt,
    RotaEntry,
    User,
    Work,
    WorkVerification,
    choices_of,
    store_notifications,
)
from blog.queries.mails import HTML_TEMPLATES, mail_context
from blog.queries.rota import rota_facts
from blog.rota import Pair, RotaFacts, draw, offer

logger = logging.getLogger(__name__)

MAILS_PER_TICK = 100
MAIL_SECONDS_PER_TICK = 50  # cron starts the next tick after a minute
MAX_MAIL_ATTEMPTS = 12
WORKS_PER_TICK = 20
VERIFY_EVERY = timedelta(days=7)
NEVER = timedelta(days=3650)  # until a person looks at it
RETRY_AFTER = timedelta(minutes=10)
MAX_RETRY_AFTER = timedelta(days=1)


def next_try(failures: int) -> datetime:
    """Return the time of the next try: the wait doubles with each failure, up to a day."""
    return timezone.now() + min(RETRY_AFTER * 2**failures, MAX_RETRY_AFTER)


def send_due_mail() -> int:
    """Send due mail; return the number of mails sent. A failing mail server only delays them.

    No mail is sent inside a transaction: a server that does not answer would stop all writing on
    SQLite. One that is slow has its time, then the rest waits for the next tick.
    """
    sent, stops_at = 0, time.monotonic() + MAIL_SECONDS_PER_TICK
    for pk in list(OutboxMessage.objects.due().values_list("pk", flat=True)[:MAILS_PER_TICK]):
        message = _claim_mail(pk)
        if message is not None:
            sent += _send(message)
        if time.monotonic() > stops_at:
            break
    return sent


def _claim_mail(pk: int) -> OutboxMessage | None:
    """Count an attempt and postpone the next, so that two ticks do not send one mail twice.

    A tick that dies before it has sent the mail leaves it due for a later one.
    """
    due = OutboxMessage.objects.due().select_related("recipient", "guest")
    message = due.filter(pk=pk).first()
    if message is None:
        return None
    seen, message.attempts = message.attempts, message.attempts + 1
    # After the last attempt the row stays unsent, for people to look at.
    is_last = message.attempts >= MAX_MAIL_ATTEMPTS
    message.due_at = timezone.now() + NEVER if is_last else next_try(message.attempts)
    claimed = OutboxMessage.objects.due().filter(pk=pk, attempts=seen)
    return message if claimed.update(attempts=message.attempts, due_at=message.due_at) else None


def _send(message: OutboxMessage) -> bool:
    """Send a claimed mail and store whether that worked; whatever goes wrong is this mail's own.

    One that has nothing to say any more is deleted.
    """
    try:
        email = _email(message)
        if email is None:
            message.delete()
            return False
        email.send()
    except Exception as error:  # of the server, the template, an address: the next mail may be fine
        logger.warning("Mail %s was not sent: %r", message.pk, error)
        message.last_error = str(error)[:500] or repr(error)
    else:
        message.sent_at = timezone.now()
        message.last_error = ""
    message.save(update_fields=["sent_at", "last_error"])
    return message.sent_at is not None


def _email(message: OutboxMessage) -> EmailMultiAlternatives | None:
    """Return a mail with what its recipient can see now, or None if that is nothing."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(message.zone):
        context = mail_context(message)
        if context is None:
            return None
        text = render_to_string(f"emails/{message.template}.txt", context)
        html = ""
        if message.template in HTML_TEMPLATES:
            html = render_to_string(f"emails/{message.template}.html", context)
    subject, _, body = text.partition("\n")
    email = EmailMultiAlternatives(
        " ".join(subject.split()), body.strip() + "\n", to=[message.email]
    )
    if html:
        email.attach_alternative(html, "text/html")
    if "stop_address" in context:
        email.extra_headers["List-Unsubscribe"] = f"<{context['stop_address']}>"
        email.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return email


def queue_due_digests() -> int:
    """Queue the digests that are due; return their number.

    A digest takes what waits for its reader, so the next one has what comes later. Its key has
    the day of its slot: no day has two, whichever tick comes first. What it says is asked when it
    is sent; what its reader leaves out is taken too, and not said.
    """
    now = timezone.now()
    waiting = Notification.objects.for_digest(now)
    since = dict(waiting.values_list("reader").annotate(Min("created_at")).order_by("reader"))
    people = User.objects.filter(pk__in=since, is_active=True).select_related("mail_choices")
    return sum(_queue_digest(person, since[person.pk], now) for person in people.order_by("pk"))


def _queue_digest(person: User, since: datetime, now: datetime) -> bool:
    schedule = choices_of(person).schedule
    if schedule is None or not schedule.is_due(since, now):
        return False
    key = f"digest:{person.pk}:{schedule.latest_slot(now):%Y-%m-%d}"
    with transaction.atomic():
        _message, is_new = OutboxMessage.objects.get_or_create(
            key=key, defaults={"recipient": person, "template": "digest", "due_at": now}
        )
        if is_new:
            Notification.objects.of(person).for_digest(now).update(mail_key=key)
    return is_new


def update_rotas() -> int:
    """Bring the rotas that run up to date; return how many posts were given or offered."""
    prompts = Prompt.objects.with_running_rota().select_related("course").order_by("pk")
    running = [p for p in prompts if p.is_rota_running and not p.course.is_over]
    return sum(map(_update_rota, running))


def _update_rota(prompt: Prompt) -> int:
    """Give what a prompt's rota lacks, unless its facts change meanwhile: then the next tick does.

    The assignment takes its time outside the transaction, so nobody who publishes waits for it.
    """
    facts = rota_facts(prompt)
    given = draw(facts)
    offers = offer(replace(facts, given=given)) if prompt.offers_posts else frozenset()
    if given == facts.given and not offers:
        return 0
    with transaction.atomic():
        prompt.lock()
        if not prompt.is_rota_running or rota_facts(prompt) != facts:
            return 0
        _store_rota(prompt, facts, given, offers)
    return len(given - facts.given) + len(offers)


def _store_rota(
    prompt: Prompt, facts: RotaFacts, given: frozenset[Pair], offers: frozenset[Pair]
) -> None:
    taken_back, new = facts.given - given, given - facts.given
    for pair in taken_back:
        RotaEntry.objects.filter(reader=pair.reader, post=pair.post).delete()
        Notification.objects.filter(reader=pair.reader, event=f"given:{pair.post}").delete()
    RotaEntry.objects.bulk_create(
        RotaEntry(reader_id=pair.reader, post_id=pair.post, is_offer=pair in offers)
        for pair in sorted(new | offers)
    )
    store_notifications(
        Notification(
            reader_id=pair.reader,
            course=prompt.course,
            event=f"given:{pair.post}",
            kind=Notification.Kind.GIVEN,
            reasons=[Notification.Kind.GIVEN],
            post_id=pair.post,
        )
        for pair in sorted(new)
    )
    AuditEvent.record(
        "rota_updated",
        prompt,
        by=None,
        course=prompt.course,
        given=len(new),
        taken_back=len(taken_back),
        offered=len(offers),
    )


def delete_old_snapshots() -> int:
    """Delete the snapshots of drafts in courses that are over; return their number.

    No page shows them any more from the moment a course is over.
    """
    tomorrow = timezone.now().date() + timedelta(days=1)  # somewhere it is tomorrow already
    courses = Course.objects.filter(ends_on__lt=tomorrow, posts__draft_snapshots__isnull=False)
    over = [course for course in courses.distinct() if course.is_over]
    return DraftSnapshot.objects.filter(post__course__in=over).delete()[0] if over else 0


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
    due = WorkVerification.objects.due().filter(work=work, due_at=verification.due_at)
    return due.update(due_at=later) == 1


def _postpone(work: Work) -> None:
    """Retry a work later, twice as late after each failure; its last answer stays stored."""
    verification = WorkVerification.objects.get(work=work)
    verification.failures = min(verification.failures + 1, 10)
    verification.due_at = next_try(verification.failures)
    verification.save(update_fields=["failures", "due_at"])
