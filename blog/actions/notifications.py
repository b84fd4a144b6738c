"""People's actions on their notifications."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from blog import access
from blog.models import Notification, User


def see_notifications(reader: User, *, keys: Collection[int], by: User) -> None:
    """Record that a reader has seen those of their notifications that their page showed.

    There is no audit event, which the people of the site could read.
    """
    access.require(access.can_change_own_choices(by, reader))
    with transaction.atomic():
        Notification.objects.of(reader).filter(pk__in=keys).record_seen(timezone.now())
