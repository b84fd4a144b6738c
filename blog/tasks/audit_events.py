"""Delete old audit events: the one way that the database lets through."""

from datetime import datetime

from django.db import transaction

from blog.models import AuditEvent, AuditPurge


def purge_audit_events(before: datetime) -> int:
    """Delete the audit events from before a moment, and record that; return their number.

    The record stays for good, so that a gap in the events is never without a reason. Where there is
    nothing to delete there is no record.
    """
    old = AuditEvent.objects.filter(at__lt=before)
    with transaction.atomic():
        count = old.count()
        if count:
            AuditPurge.objects.create(before=before, events=count)
            old.delete()
    return count
