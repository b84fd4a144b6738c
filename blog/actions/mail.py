"""Retry mail that could not be sent, as site staff. ``blog.tasks`` sends it."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.models import AuditEvent, OutboxMessage, User


def retry_mail(messages: QuerySet[OutboxMessage], *, by: User) -> int:
    """Retry failed mail in its recipients' next daytime; return the number of mails.

    Mail that was sent, or was not tried yet, stays as it is.
    """
    access.require(access.can_retry_mail(by), _("Only site staff can send emails again."))
    with transaction.atomic():
        failed = list(
            messages.filter(sent_at=None, attempts__gt=0)
            # Not joined: PostgreSQL joins what was there before the wait for a lock.
            .select_related(None)
            .prefetch_related("recipient")
            .select_for_update(of=("self",))
        )
        for message in failed:
            message.due_at = message.earliest(timezone.now())
            message.attempts = 0
            message.save(update_fields=["due_at", "attempts"])
            AuditEvent.record("mail_retried", message, by=by)
    return len(failed)
