"""Mail and notifications about grades, which say where to read them and nothing of what they hold.

One mail for the release, and one for each later change. Changes that follow each other come with
the mail that waits; whatever is changed after it was sent is a mail of its own. However many
grades there are, the queries are the same.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from blog.models.grading import Grading
from blog.models.notifications import Notification, notification_to, store_notifications
from blog.models.outbox import OutboxMessage, mail_to, queue_mails
from blog.models.platform_scores import queue_scores

EDITS_WAIT = timedelta(minutes=10)  # for the next edits of somebody who is still at it
RELEASE_WAITS = timedelta(minutes=20)  # so long a release can be taken back before anybody hears
RELEASED, EDITED = "feedback_released", "feedback_edited"


def release_key(grading: Grading) -> str:
    """Return the key of the mail about a release: one for a student, whatever is released."""
    at = grading.released_at.astimezone(UTC) if grading.released_at else "never"
    return f"release:{grading.prompt_id}:{grading.student_id}:{at}"


def announce_release(gradings: Sequence[Grading]) -> None:
    """Queue the mails about a release, and notify the students: one for each of them.

    Who gets a grade for the post and one for the comments at once is told of the post's. A release
    that is dated ahead is announced at its date, any other after a while.
    """
    first: dict[int, Grading] = {}
    for grading in sorted(gradings, key=lambda one: one.is_of_comments):
        first.setdefault(grading.student_id, grading)
    now = timezone.now()
    queue_mails(
        _mail(
            each,
            RELEASED,
            key=release_key(each),
            wait=_wait_until(each, now),
        )
        for each in first.values()
    )
    store_notifications(
        _notification(each, release_key(each), at=each.released_at) for each in first.values()
    )
    queue_scores(gradings)


def _wait_until(grading: Grading, now: datetime) -> timedelta:
    """Return the delay of the mail about a release: until its date, if that is ahead."""
    released_at = grading.released_at
    return released_at - now if released_at and released_at > now else RELEASE_WAITS


def withdraw_announcement_of(gradings: Sequence[Grading]) -> None:
    """Delete the mails about gradings that wait, and what their students were notified of.

    A mail that is being sent, or failed once, asks what its reader can see when it is sent again.
    """
    keys = {release_key(each) for each in gradings if each.released_at}
    waiting = OutboxMessage.objects.waiting()
    waiting.filter(template=RELEASED, key__in=keys).delete()
    notified = Notification.objects.filter(
        kind=Notification.Kind.FEEDBACK, grading__in=[each.pk for each in gradings]
    )
    edits = set(notified.exclude(event__in=keys).values_list("mail_key", flat=True))
    waiting.filter(template=EDITED, key__in=edits).delete()
    Notification.objects.filter(kind=Notification.Kind.FEEDBACK, event__in=keys).delete()
    notified.delete()
    queue_scores(gradings)


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
    queue_scores(gradings)


def _announced_by_waiting_mail(gradings: Sequence[Grading]) -> set[int]:
    """Return the keys of the gradings whose students have an unsent mail about them.

    That about the release will do, too: it leads to what there is when it is read.
    """
    students = [grading.student_id for grading in gradings]
    waiting = OutboxMessage.objects.waiting().filter(
        template__in=[RELEASED, EDITED], recipient__in=students
    )
    keys = {message.key for message in waiting.select_for_update().order_by("pk")}
    edited = {int(key.split(":")[1]) for key in keys if key.startswith("edited:")}
    return edited | {each.pk for each in gradings if release_key(each) in keys}


def _notification(grading: Grading, key: str, at: datetime | None = None) -> Notification:
    """Return the notification of what a mail with a key tells."""
    kind = Notification.Kind.FEEDBACK
    return notification_to(grading.student, kind, grading, event=key, mail_key=key, at=at)


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
        prompt_id=grading.prompt_id,
        address=f"{settings.SITE_URL}{grading.get_absolute_url()}#feedback",
    )
