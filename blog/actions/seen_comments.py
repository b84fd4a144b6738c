"""Marking of the comments on a post as seen."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blog import access
from blog.models import Notification, Post, SeenComments, User


def mark_comments_seen(post: Post, *, by: User, until: datetime | None = None) -> None:
    """Record that a reader has seen the comments that had arrived by a time, now by default.

    Notifications of them count as seen, too. An older page of the reader's takes nothing back.
    There is no audit event, which the people of the site could read.
    """
    access.require(access.can_mark_comments_seen(by, post))
    now = timezone.now()
    seen_at = min(until or now, now)
    with transaction.atomic():
        _seen, is_first = SeenComments.objects.get_or_create(
            user=by, post=post, defaults={"seen_at": seen_at}
        )
        if not is_first:
            earlier = SeenComments.objects.filter(user=by, post=post, seen_at__lt=seen_at)
            earlier.update(seen_at=seen_at)
        Notification.objects.of(by).filter(comment__post=post).record_comments_seen(seen_at)
