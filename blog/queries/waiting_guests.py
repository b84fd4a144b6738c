"""Comments by guests that the teaching team has not decided on yet, for the moderation page.

Once something was decided, the comment has a case, and an objection of its guest waits there.
"""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from blog.models import Comment, Course, User

SHOWN = 50


@dataclass(frozen=True)
class GuestQueue:
    """``waiting``, the oldest first; ``has_more``: others follow once these are decided."""

    waiting: list[Comment]
    has_more: bool


def waiting_guests(course: Course, reader: User) -> GuestQueue:
    """Return the comments by guests for one of the team, each with its guest and its post.

    ``case_version`` is that of the case about each, 0 without one.
    """
    comments = _waiting(course, reader).annotate(
        case_version=Coalesce("moderation_case__version", 0)
    )
    comments = comments.select_related(
        "guest", "post__revision", "post__course", "parent__author"
    ).order_by("created_at", "pk")
    found = list(comments[: SHOWN + 1])
    return GuestQueue(waiting=found[:SHOWN], has_more=len(found) > SHOWN)


def has_waiting_guests(course: Course, reader: User) -> bool:
    """Return whether a comment by a guest waits for one of the team."""
    return _waiting(course, reader).exists()


def _waiting(course: Course, reader: User):
    waiting = Comment.objects.filter(
        post__course=course, author=None, state=Comment.State.WAITING, deleted_at=None
    )
    return waiting.visible_to(reader)
