"""Write mail into the outbox, and send what is due: the one way in which blog mails.

A letter is a row of the deed's own transaction, so it exists if and only if the deed does. It is
sent later, at least once, by ``manage.py tick``; what it may say is decided when it is sent.
"""

import logging
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import LogEntry, Outbox, User

logger = logging.getLogger(__name__)

WAKING = time(7)
SLEEPING = time(22)
BATCH = 100
RETRY_AFTER = timedelta(minutes=10)
GIVE_UP_AFTER = 12


def next_waking_moment(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return ``moment`` if it is day for somebody in ``zone``, else the morning that follows."""
    local = moment.astimezone(zone)
    if WAKING <= local.time() < SLEEPING:
        return moment
    day = local.date() if local.time() < WAKING else local.date() + timedelta(days=1)
    return datetime.combine(day, WAKING, tzinfo=zone)


def write_letter(recipient: User, template: str, *, key: str, **context) -> None:
    """Put one letter into the outbox, to go out in the recipient's daytime.

    The same ``key`` twice is one letter. ``template`` names ``emails/<template>.txt``, whose first
    line is the subject.
    """
    Outbox.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "template": template,
            "context": context,
            "due_at": next_waking_moment(timezone.now(), ZoneInfo(recipient.time_zone)),
        },
    )


def send_due_letters() -> int:
    """Send what is due; return how many went out. A failing mail server only delays."""
    sent = 0
    for pk in list(Outbox.objects.due().values_list("pk", flat=True)[:BATCH]):
        sent += _send(pk)
    return sent


def retry_letters(letters: QuerySet[Outbox], *, by: User) -> int:
    """Take up again what failed, at the next waking moment; return how many letters that is.

    Sent letters stay sent, and those that were not tried yet keep their time.
    """
    if not access.can_retry_letters(by):
        raise Refused(_("Only the people who run this site send letters again."))
    with transaction.atomic():
        failed = list(
            letters.filter(sent_at=None, attempts__gt=0)
            .select_related("recipient")
            .select_for_update(of=("self",))
        )
        for letter in failed:
            zone = ZoneInfo(letter.recipient.time_zone)
            letter.due_at = next_waking_moment(timezone.now(), zone)
            letter.attempts = 0
            letter.save(update_fields=["due_at", "attempts"])
            LogEntry.record("letter_retried", letter, by=by)
    return len(failed)


def _send(pk: int) -> bool:
    """Send one letter with its row locked, so that two ticks at once do not send it twice."""
    with transaction.atomic():
        letter = (
            Outbox.objects.select_for_update(of=("self",))
            .select_related("recipient")
            .filter(pk=pk, sent_at=None)
            .first()
        )
        if letter is None:
            return False
        letter.attempts += 1
        try:
            _message(letter).send()
        except OSError as error:
            logger.warning("Letter %s was not sent: %s", letter.pk, error)
            letter.last_error = str(error)[:500]
            # After the last attempt the row stays, unsent and far away, for people to look at.
            waits = RETRY_AFTER * 2**letter.attempts
            letter.due_at = timezone.now() + min(waits, timedelta(days=1))
            if letter.attempts >= GIVE_UP_AFTER:
                letter.due_at = timezone.now() + timedelta(days=3650)
        else:
            letter.sent_at = timezone.now()
            letter.last_error = ""
        letter.save()
        return letter.sent_at is not None


def _message(letter: Outbox) -> EmailMessage:
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            f"emails/{letter.template}.txt", {"recipient": letter.recipient, **letter.context}
        )
    subject, _, body = text.partition("\n")
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[letter.recipient.email])
