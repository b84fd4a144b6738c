"""What students do with the feedback on their work."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blog import access
from blog.models import Grading, Notification, SeenFeedback, User


def mark_feedback_seen(grading: Grading, *, by: User, at: datetime | None = None) -> None:
    """Record that a student has seen their released feedback as it was at a time, now by default.

    Its notification counts as seen, too. There is no audit event, which the people of the site
    could read.
    """
    access.require(access.can_read_feedback(by, grading))
    now = timezone.now()
    seen_at = min(at or now, now)
    with transaction.atomic():
        SeenFeedback.objects.update_or_create(grading=grading, defaults={"seen_at": seen_at})
        Notification.objects.of(by).filter(grading=grading).record_seen(seen_at)
