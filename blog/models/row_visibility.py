"""Visibility of one post or comment to a person: ``visible_to``, for a loaded row.

Of a post that a query has found for this reader (``Post.seen_by``) nobody asks again, until its row
is reloaded.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from blog.models.comments import Comment
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.people import User
from blog.models.posts import Post
from blog.models.prepared_queries import prepared


def sees_post(reader: User | AnonymousUser, post: Post) -> bool:
    member = member_key_of(reader, post.course)
    if member is None:
        return Post.objects.visible_to(reader).contains(post)
    return post.seen_by == reader.pk or bool(
        _post_seen.rows(member.role, post=post.pk, **member.values)
    )


def is_in_audience(reader: User | AnonymousUser, post: Post) -> bool:
    """Return whether ``open_to`` has a post, which it has whenever the reader sees it."""
    member = member_key_of(reader, post.course)
    if member is None:
        return Post.objects.open_to(reader).contains(post)
    return post.seen_by == reader.pk or bool(
        _post_open.rows(member.role, post=post.pk, **member.values)
    )


def sees_comment(reader: User | AnonymousUser, comment: Comment) -> bool:
    member = member_key_of(reader, comment.post.course)
    if member is None:
        return Comment.objects.visible_to(reader).contains(comment)
    return bool(_comment_seen.rows(member.role, comment=comment.pk, **member.values))


@prepared(may_miss=MAY_MISS)
def _post_seen(role: str, post: int, **member: Any) -> QuerySet:
    return Post.objects.visible_in(*stand_in(role, **member)).filter(pk=post).values_list("pk")


@prepared(may_miss=MAY_MISS)
def _post_open(role: str, post: int, **member: Any) -> QuerySet:
    return Post.objects.open_in(*stand_in(role, **member)).filter(pk=post).values_list("pk")


@prepared(may_miss=MAY_MISS)
def _comment_seen(role: str, comment: int, **member: Any) -> QuerySet:
    seen = Comment.objects.visible_in(*stand_in(role, **member))
    return seen.filter(pk=comment).values_list("pk")
