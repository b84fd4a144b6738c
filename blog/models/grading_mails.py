"""Mail and notifications about grades, which say where to read them and nothing of what they hold.

One mail for the release, and one for each later change. Changes that follow each other come with
the mail that waits; whatever is changed after it was sent is a mail of its own. However many
grades there are, the queries are the same.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from blog.models.grading import Grading
from blog.models.notifications import Notification, notification_to, store_notifications
from blog.models.outbox import OutboxMessage, mail_to, queue_mails

EDITS_WAIT = timedelta(minutes=10)  # for the next edits of somebody who is still at it
EDITED = "feedback_edited"


def announce_release(gradings: Sequence[Grading]) -> None:
    """Queue the mails about a release, one for each student, and notify them.

    Who gets a grade for the post and one for the comments at once is told of the post's.
    """
    by_student: dict[int, Grading] = {}
    for each in sorted(gradings, key=lambda grading: grading.is_of_comments):
        by_student.setdefault(each.student_id, each)
    told = [each for each in gradings if by_student[each.student_id] is each]
    keys = {each.pk: f"release:{each.pk}:{each.released_at}" for each in told}
    queue_mails(_mail(each, "feedback_released", key=keys[each.pk]) for each in told)
    store_notifications(_notification(each, keys[each.pk]) for each in told)


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
    keys = {pk: f"edited:{pk}:{now}" for pk in to_announce}
    told = [grading for grading in gradings if grading.pk in to_announce]
    queue_mails(_mail(each, EDITED, key=keys[each.pk], wait=EDITS_WAIT) for each in told)
    store_notifications(_notification(each, keys[each.pk]) for each in told)


def _announced_by_waiting_mail(gradings: Sequence[Grading]) -> set[int]:
    """Return the keys of the gradings whose students have an unsent mail about an edit."""
    students = [grading.student_id for grading in gradings]
    waiting = OutboxMessage.objects.waiting().filter(template=EDITED, recipient__in=students)
    keys = [message.key for message in waiting.select_for_update().order_by("pk")]
    return {int(key.split(":")[1]) for key in keys}


def _notification(grading: Grading, key: str) -> Notification:
    """Return the notification of what a mail with a key tells."""
    kind = Notification.Kind.FEEDBACK
    return notification_to(grading.student, kind, grading, event=key, mail_key=key)


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
