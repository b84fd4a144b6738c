"""Notifications as their reader sees them: of what they can see at this moment, and nothing else.

A notification may be older than the deletion, the new audience or the new version of what it is
about, so everything that shows one, a page or a mail, asks here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from blog.models import (
    Announcement,
    Comment,
    Grading,
    ImportedComment,
    ImportedPost,
    Membership,
    NormProposal,
    Notification,
    Post,
    Report,
    User,
)
from blog.queries.extensions import own_extensions

EARLIER_FOR = timedelta(days=30)
MAX_LISTED = 50


@dataclass(frozen=True)
class NotificationList:
    """The notifications of the page: those not seen yet, and earlier ones.

    ``unseen`` has the keys of those not seen yet, also of what their reader cannot see any more.
    ``has_more`` is whether there are others that are not seen: the page shows them next.
    """

    new: list[Notification]
    earlier: list[Notification]
    unseen: list[int]
    has_more: bool


def notifications_of(reader: User) -> NotificationList:
    """Return a reader's notifications for their page, newest first, of bounded length."""
    now = timezone.now()
    own = Notification.objects.of(reader).filter(created_at__lte=now)
    found = list(own.unseen().order_by("-created_at", "-pk")[: MAX_LISTED + 1])
    unseen = found[:MAX_LISTED]
    since = own.exclude(seen_at=None).filter(created_at__gte=now - EARLIER_FOR)
    seen = list(since.order_by("-created_at", "-pk")[:MAX_LISTED])
    shown = visible_notifications(reader, [*unseen, *seen])
    return NotificationList(
        new=[each for each in shown if each.seen_at is None],
        earlier=[each for each in shown if each.seen_at is not None],
        unseen=[each.pk for each in unseen],
        has_more=len(found) > MAX_LISTED,
    )


def visible_notifications(
    reader: User, notifications: Iterable[Notification]
) -> list[Notification]:
    """Return those about what a reader can see now, each with it, loaded for printing.

    In at most one query for each kind of thing. Nothing of a course that the reader has left.
    """
    notifications = list(notifications)
    memberships = {m.course_id: m for m in reader.memberships_now}
    for name, visible in _visible_subjects(reader).items():
        of_these = [each for each in notifications if getattr(each, f"{name}_id")]
        if not of_these:
            continue
        found = visible.in_bulk([getattr(each, f"{name}_id") for each in of_these])
        for each in of_these:
            setattr(each, name, found.get(getattr(each, f"{name}_id")))
    shown = [
        each
        for each in notifications
        if each.course_id in memberships
        and each.subject
        and _is_for(memberships[each.course_id], each)
    ]
    for each in shown:
        each.course = memberships[each.course_id].course
    _count_imported(reader, shown)
    return shown


def _count_imported(reader: User, shown: Iterable[Notification]) -> None:
    """Count what each import from WordPress added under a reader’s name; 2 queries."""
    kind = Notification.Kind.IMPORTED
    by_import = {int(each.event.partition(":")[2]): each for each in shown if each.kind == kind}
    if not by_import:
        return
    came: Counter[int] = Counter()
    for model, what in ((ImportedPost, "post"), (ImportedComment, "comment")):
        own = {f"{what}__author": reader, f"{what}__deleted_at": None}
        rows = model.objects.filter(wordpress_import__in=[*by_import], **own)
        came += Counter(rows.values_list("wordpress_import", flat=True))
    for key, each in by_import.items():
        each.others = max(came[key] - 1, 0)


def _is_for(membership: Membership, notification: Notification) -> bool:
    """Return whether a member may see it: of undecided ones, the team except its author."""
    target = notification.comment or notification.post
    if notification.kind != Notification.Kind.WAITING or target is None:
        return True
    return membership.teaches and target.author_id != membership.user_id


def _visible_subjects(reader: User) -> dict[str, QuerySet]:
    """Return by column what a reader can see of the things that notifications are about."""
    return {
        "comment": Comment.objects.visible_to(reader).filter(deleted_at=None).for_page(),
        "post": Post.objects.visible_to(reader).for_page(),
        "announcement": Announcement.objects.visible_to(reader).sent().for_list(),
        "proposal": NormProposal.objects.visible_to(reader).select_related("course"),
        "extension": own_extensions(reader),
        "report": Report.objects.visible_to(reader).select_related("case__course"),
        "grading": (
            Grading.objects.visible_to(reader)
            .filter(student=reader)
            .select_related("prompt__course", "post")
        ),
    }
