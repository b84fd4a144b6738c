"""Mail about grades, which says where to read them and nothing of what they say.

One mail for the release, and one for each later change. Changes that follow each other come with
the mail that waits; whatever is changed after it was sent is a mail of its own. However many
grades there are, the queries are the same.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from blog.models.grading import Grading
from blog.models.outbox import OutboxMessage, mail_to, queue_mails

EDITS_WAIT = timedelta(minutes=10)  # for the next edits of somebody who is still at it
EDITED = "feedback_edited"


def announce_release(gradings: Sequence[Grading]) -> None:
    """Queue the mails about a release."""
    queue_mails(
        _mail(grading, "feedback_released", key=f"release:{grading.pk}:{grading.released_at}")
        for grading in gradings
    )


def announce_edit(gradings: Sequence[Grading]) -> None:
    """Date an edit of released grades, and queue a mail about each unless one is waiting.

    The waiting ones are locked, so that they are not sent before the edit is stored. Whoever has
    left the course gets none.
    """
    now = timezone.now()
    for grading in gradings:
        grading.edited_at = now
    stored = Grading.objects.filter(pk__in=[grading.pk for grading in gradings])
    stored.update(edited_at=now)
    readable = set(stored.visible_to_their_students().values_list("pk", flat=True))
    to_announce = readable - _announced_by_waiting_mail(gradings)
    queue_mails(
        _mail(grading, EDITED, key=f"edited:{grading.pk}:{now}", wait=EDITS_WAIT)
        for grading in gradings
        if grading.pk in to_announce
    )


def _announced_by_waiting_mail(gradings: Sequence[Grading]) -> set[int]:
    """Return the keys of the gradings whose students have an unsent mail about an edit."""
    students = [grading.student_id for grading in gradings]
    waiting = OutboxMessage.objects.waiting().filter(template=EDITED, recipient__in=students)
    keys = [message.key for message in waiting.select_for_update().order_by("pk")]
    return {int(key.split(":")[1]) for key in keys}


def _mail(
    grading: Grading, template: str, *, key: str, wait: timedelta = timedelta()
) -> OutboxMessage:
    return mail_to(
        grading.student,
        template,
        key=key,
        wait=wait,
        course=grading.prompt.course.title,
        prompt=grading.prompt.title,
        address=f"{settings.SITE_URL}{grading.get_absolute_url()}#feedback",
    )
