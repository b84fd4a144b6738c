"""Withdraw a post, delete it and restore it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.references import share_references
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Comment,
    Post,
    PostTarget,
    User,
    one_active_post,
    tracking_interactions,
)


def withdraw_post(post: Post, *, by: User) -> None:
    """Withdraw a published post from its readers; its comments do not count until it is back."""
    access.require(access.can_edit_post(by, post))
    with transaction.atomic():
        PostTarget(post).lock(by)
        if Post.Status.WITHDRAWN not in Post.TRANSITIONS[post.status]:
            raise Refused(_("Only a published post can be withdrawn."))
        with tracking_interactions(post.course, Comment.objects.filter(post=post)):
            post.status = Post.Status.WITHDRAWN
            post.save(update_fields=["status"])
        AuditEvent.record("post_withdrawn", post, by=by, course=post.course)


def delete_post(post: Post, *, by: User) -> None:
    """Delete a post or draft for everybody; it can be restored."""
    access.require(access.can_edit_post(by, post))
    with transaction.atomic():
        post.lock()
        if post.deleted_at is not None:
            return
        with tracking_interactions(post.course, Comment.objects.filter(post=post)):
            post.deleted_at = timezone.now()
            post.save(update_fields=["deleted_at"])
        AuditEvent.record("post_deleted", post, by=by, course=post.course)


def restore_post(post: Post, *, by: User) -> None:
    """Restore a deleted post, unless the author has another active post for the prompt now."""
    access.require(access.can_edit_post(by, post))
    with transaction.atomic():
        post.lock()
        if post.deleted_at is None:
            return
        is_active = post.status != Post.Status.WITHDRAWN
        with (
            one_active_post(post.prompt if is_active else None, post.author, but=post),
            tracking_interactions(post.course, Comment.objects.filter(post=post)),
        ):
            post.deleted_at = None
            share_references(post, by=by)
            post.save(update_fields=["deleted_at"])
        AuditEvent.record("post_restored", post, by=by, course=post.course)
