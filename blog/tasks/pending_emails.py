"""Forget emails that accounts wait for when their links no longer work."""

from datetime import timedelta

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from blog.models import AuditEvent
from blog.models.people import delete_waiting


def forget_pending_emails() -> int:
    """Delete the emails that nobody has confirmed in time, or that somebody else has; count them.

    Only of accounts that have a confirmed one: all others have the one they signed up with. The
    rows do not say when they were asked for; the record of actions does.
    """
    links_work_for = timedelta(days=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS)
    confirmed = EmailAddress.objects.filter(verified=True)
    asked = AuditEvent.objects.filter(
        actor=OuterRef("user"),
        action="email_change_asked",
        at__gte=timezone.now() - links_work_for,
    )
    waiting = EmailAddress.objects.filter(
        Exists(confirmed.filter(user=OuterRef("user"))), verified=False
    )
    due = waiting.filter(~Exists(asked) | Q(Exists(confirmed.filter(email=OuterRef("email")))))
    return delete_waiting(due) if due.exists() else 0
