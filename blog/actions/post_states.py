"""Withdraw a post, delete it and restore it."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.references import share_references
from blog.exceptions import Refused
from blog.models import (
    Audience,
    Comment,
    CommentUse,
    Post,
    PostTarget,
    User,
    notify_of_uses,
    one_active_post,
    queue_submission,
    revocations,
    tracking_interactions,
    update_cases,
)
from blog.queries.closed_posts import first_closed_post


def withdraw_post(post: Post, *, by: User) -> None:
    """Withdraw a published post from its readers; its comments do not count until it is back."""
    access.require(access.can_edit_post(by, post))
    with transaction.atomic():
        PostTarget(post).lock(by)
        if post.status == Post.Status.WITHDRAWN:
            return  # a second click
        if Post.Status.WITHDRAWN not in Post.TRANSITIONS[post.status]:
            raise Refused(_("Only a published post can be withdrawn."))
        revocations.withdraw_post(post, by=by)


def delete_post(post: Post, *, by: User) -> None:
    """Delete a post or draft for everybody; it can be restored."""
    access.require(access.can_edit_post(by, post))
    with transaction.atomic():
        post.lock()
        if post.deleted_at is None:
            revocations.delete_post(post, by=by)


def restore_post(post: Post, *, by: User) -> bool:
    """Restore a deleted post, unless the author has another active post for the prompt now.

    Return whether its audience is as before. A post that cites one which the whole course cannot
    read any more comes back for its author alone: it would tell the others of it.
    """
    access.require(access.can_edit_post(by, post))
    with transaction.atomic():
        post.lock()
        if post.deleted_at is None:
            return True
        is_active = post.status != Post.Status.WITHDRAWN
        with (
            one_active_post(post.prompt if is_active else None, post.author, but=post),
            tracking_interactions(post.course, Comment.objects.filter(post=post)),
        ):
            post.deleted_at = None
            cited = post.references.filter(cited=True).select_related("work")
            tells_of_closed_post = first_closed_post(cited) is not None
            if tells_of_closed_post:
                post.audience, post.pod, post.public_until = Audience.ONLY_ME, None, None
            share_references(post, by=by)
            post.save(update_fields=["deleted_at", "audience", "pod", "public_until"])
        update_cases(post, by=by)
        notify_of_uses(CommentUse.objects.named_on(post))
        queue_submission(post)
        revocations.record_of_post("post_restored", post, by=by, audience=post.audience)
    return not tells_of_closed_post
