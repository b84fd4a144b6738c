"""Mail about grades, which says where to read them and nothing of what they say.

One mail for the release, and one for each later change. Changes that follow each other come with
the mail that waits; whatever is changed after it was sent is a mail of its own.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from blog.models.grading import Grading
from blog.models.outbox import OutboxMessage, queue_mail

EDITS_WAIT = timedelta(minutes=10)  # for the next edits of somebody who is still at it


def announce_release(grading: Grading) -> None:
    """Queue the mail about a release."""
    _queue(grading, "feedback_released", key=f"release:{grading.pk}:{grading.released_at}")


def announce_edit(grading: Grading) -> None:
    """Date an edit of a released grade, and queue a mail about it unless one is waiting.

    The waiting one is locked, so that it is not sent before the edit is stored.
    """
    grading.edited_at = timezone.now()
    grading.save(update_fields=["edited_at"])
    if not Grading.objects.visible_to(grading.student).contains(grading):
        return  # they have left the course
    key = f"edited:{grading.pk}:"
    waiting = OutboxMessage.objects.waiting().filter(key__startswith=key)
    if not waiting.select_for_update():
        _queue(grading, "feedback_edited", key=f"{key}{grading.edited_at}", wait=EDITS_WAIT)


def _queue(grading: Grading, template: str, *, key: str, wait: timedelta = timedelta()) -> None:
    queue_mail(
        grading.student,
        template,
        key=key,
        wait=wait,
        course=grading.prompt.course.title,
        prompt=grading.prompt.title,
        address=_address(grading),
    )


def _address(grading: Grading) -> str:
    return f"{settings.SITE_URL}{grading.get_absolute_url()}#feedback"
