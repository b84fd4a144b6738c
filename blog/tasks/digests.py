"""Queue the digests that are due."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from blog.models import Notification, OutboxMessage, User, choices_of
from blog.tasks.tick_signals import tell_of_digest, waiting_elsewhere


def queue_due_digests() -> int:
    """Queue the digests that are due; return their number.

    A digest takes what waits for its reader, so the next one has what comes later. Its key has
    the day of its slot: no day has two, whichever tick comes first. What it says is asked when it
    is sent; what its reader leaves out is taken too, and not said.
    """
    now = timezone.now()
    waiting = Notification.objects.for_digest(now)
    since = dict(waiting.values_list("reader").annotate(Min("created_at")).order_by("reader"))
    for reader, moment in waiting_elsewhere(now).items():
        since[reader] = min(moment, since.get(reader, moment))
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
            tell_of_digest(person, key)
    return is_new
