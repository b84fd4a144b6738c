"""Delete the snapshots of drafts that nobody sees any more."""

from datetime import timedelta

from django.utils import timezone

from blog.models import Course, DraftSnapshot
from blog.tasks.due_rows import delete_due


def delete_old_snapshots() -> int:
    """Delete the snapshots of drafts in courses that are over; return their number.

    No page shows them any more from the moment a course is over.
    """
    tomorrow = timezone.now().date() + timedelta(days=1)  # somewhere it is tomorrow already
    courses = Course.objects.filter(ends_on__lt=tomorrow, posts__draft_snapshots__isnull=False)
    over = [course for course in courses.distinct() if course.has_ended]
    return delete_due(DraftSnapshot.objects.filter(post__course__in=over)) if over else 0
