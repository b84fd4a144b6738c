"""The mail and the notification that tell a student of more time, or that it was taken back."""

from datetime import timedelta

from blog.models.extensions import Extension
from blog.models.notifications import Notification, notification_to, store_notifications
from blog.models.outbox import OutboxMessage, queue_mail
from blog.models.versions import version_of

EXTENSION = "extension"  # the template
CHANGES_WAIT = timedelta(minutes=10)  # for the next change of somebody who is still at it


def announce_extension(extension: Extension) -> None:
    """Notify the student of the present extension, inside the caller's transaction.

    What tells of it as it was before goes: a mail that waits, and the notification. So changes that
    follow each other are one mail.
    """
    key = f"{EXTENSION}:{version_of(extension)}"
    waiting = OutboxMessage.objects.waiting().filter(template=EXTENSION)
    waiting.filter(key__startswith=f"{EXTENSION}:{extension.pk}.").delete()
    queue_mail(extension.student, EXTENSION, key=key, wait=CHANGES_WAIT)
    Notification.objects.filter(extension=extension).delete()
    kind = Notification.Kind.EXTENSION
    notification = notification_to(extension.student, kind, extension, event=key, mail_key=key)
    store_notifications([notification])
