"""Mark comments to use in the next version of a post, and name those that a version uses.

Nothing of it is recorded as an audit event: two people know of it, and nobody else.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import Comment, CommentUse, Notification, Revision, User, notify_of_uses
from blog.models.comment_uses import events_of_uses


def mark_comment(comment: Comment, *, by: User) -> CommentUse:
    """Add a comment on one's own post to its revision plan; a second click changes nothing."""
    access.require(access.can_use_comment(by, comment))
    if not comment.is_open:
        raise Refused(_("This comment is not visible to others any more."))
    use, _is_new = CommentUse.objects.get_or_create(comment=comment)
    return use


def unmark_comment(comment: Comment, *, by: User) -> None:
    """Take a comment out of the revision plan, or take back that a version uses it.

    Then its author has not been told of it either.
    """
    access.require(access.can_use_comment(by, comment))
    with transaction.atomic():
        CommentUse.objects.filter(comment=comment).delete()
        told = Notification.objects.filter(kind=Notification.Kind.USED)
        told.filter(event__startswith=events_of_uses(comment)).delete()


def name_used_comments(
    revision: Revision, comments: Iterable[int], *, by: User
) -> list[CommentUse]:
    """Record which marked comments a version of one's own post uses; return their uses.

    They are on this post, or on other posts of its author in the course. Their authors are told,
    at once or when they can see the post that uses them.

    ``comments`` are keys. A comment that was deleted, or unmarked in another tab, or that was
    written after the version, is passed over: it cannot have been used. The uses are locked after
    the post, by their keys: two posts can be published at the same time.
    """
    access.require(access.can_edit_post(by, revision.post))
    post = revision.post
    with transaction.atomic():
        post.lock()  # so that two tabs take turns
        planned = CommentUse.objects.visible_to(by).planned()
        uses = list(
            planned.filter(
                comment__in=list(comments),
                comment__post__author=post.author_id,
                comment__post__course=post.course_id,
                comment__created_at__lt=revision.created_at,
            )
            .select_related("comment__author", "comment__post")
            .select_for_update(of=["self"])
            .order_by("pk")
        )
        for use in uses:
            use.revision, use.named_at = revision, timezone.now()
        CommentUse.objects.bulk_update(uses, ["revision", "named_at"])
        if uses:
            notify_of_uses(CommentUse.objects.filter(pk__in=[use.pk for use in uses]))
    return uses
