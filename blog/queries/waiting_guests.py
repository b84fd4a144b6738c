"""Comments by guests that the teaching team decides on, for the moderation page."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from blog.models import Comment, Course, ModerationCase, User

DECIDED_DAYS = 14
SHOWN = 50  # of those that want a decision, and of those decided


@dataclass(frozen=True)
class GuestQueue:
    """``waiting`` and ``objected``, both the oldest first, and ``decided``, the newest first.

    ``objected``: guests have objected since the team, or the spam filter, decided. ``decided``: by
    the team, in the last days; each can be undone. What is decided in a case is listed with that.
    ``has_more``: more wait or object than are shown, and follow once these are decided.
    """

    waiting: list[Comment]
    objected: list[Comment]
    decided: list[Comment]
    has_more: bool


def waiting_guests(course: Course, reader: User) -> GuestQueue:
    """Return the comments by guests for one of the team, each with its guest and its post."""
    comments = (
        Comment.objects.filter(post__course=course, guest__is_imported=False, deleted_at=None)
        .visible_to(reader)
        .select_related("guest__decided_by", "post__revision", "post__course", "parent__author")
    )
    lately = timezone.now() - timedelta(days=DECIDED_DAYS)
    waiting = Q(state=Comment.State.WAITING)
    decided = Q(guest__decided_by__isnull=False, guest__decided_at__gte=lately) & ~waiting
    decided &= Q(moderation_case=None)
    objected = open_objections() & ~Q(moderation_case__state=ModerationCase.State.WAITING)
    wanting = comments.filter(waiting | objected).order_by("created_at", "pk")
    found = list(wanting[: SHOWN + 1])
    shown = found[:SHOWN]
    return GuestQueue(
        waiting=[c for c in shown if c.state == Comment.State.WAITING],
        objected=[c for c in shown if c.state != Comment.State.WAITING],
        decided=list(
            comments.filter(decided)
            .exclude(pk__in=comments.filter(open_objections()).values("pk"))
            .order_by("-guest__decided_at", "-pk")[:SHOWN]
        ),
        has_more=len(found) > SHOWN,
    )


def open_objections() -> Q:
    """Return the condition that a guest has objected since the last decision."""
    later = Q(guest__decided_at=None) | Q(guest__decided_at__lt=F("guest__objected_at"))
    return Q(state=Comment.State.HIDDEN, guest__objected_at__isnull=False) & later


def has_waiting_guests(course: Course, reader: User) -> bool:
    """Return whether a comment by a guest waits for one of the team."""
    comments = Comment.objects.filter(post__course=course, deleted_at=None).visible_to(reader)
    waiting = Q(state=Comment.State.WAITING, author=None)
    return comments.filter(waiting | open_objections()).exists()
