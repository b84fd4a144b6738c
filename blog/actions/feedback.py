"""What students do with the feedback on their work."""

from datetime import datetime

from django.utils import timezone

from blog import access
from blog.models import Grading, SeenFeedback, User


def mark_feedback_seen(grading: Grading, *, by: User, at: datetime | None = None) -> None:
    """Record that a student has seen their released feedback as it was at a time, now by default.

    There is no audit event, which the people of the site could read.
    """
    access.require(access.can_read_feedback(by, grading))
    now = timezone.now()
    SeenFeedback.objects.update_or_create(
        grading=grading, defaults={"seen_at": min(at or now, now)}
    )
