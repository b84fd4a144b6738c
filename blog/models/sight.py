"""Whether a person sees one post or comment: ``visible_to``, asked about a row that is there."""

from typing import Any

from django.db.models import QuerySet

from blog.models.comments import Comment
from blog.models.people import User
from blog.models.posts import Post
from blog.models.seats import MAY_MISS, seat_of, seated
from blog.prepared import prepared


def sees_post(reader: User, post: Post) -> bool:
    seat = seat_of(reader, post.course)
    if seat is None:
        return Post.objects.visible_to(reader).contains(post)
    return bool(_post_seen.rows(seat.role, post=post.pk, **seat.values))


def sees_comment(reader: User, comment: Comment) -> bool:
    seat = seat_of(reader, comment.post.course)
    if seat is None:
        return Comment.objects.visible_to(reader).contains(comment)
    return bool(_comment_seen.rows(seat.role, comment=comment.pk, **seat.values))


@prepared(may_miss=MAY_MISS)
def _post_seen(role: str, post: int, **seat: Any) -> QuerySet:
    return Post.objects.visible_in(*seated(role, **seat)).filter(pk=post).values_list("pk")


@prepared(may_miss=MAY_MISS)
def _comment_seen(role: str, comment: int, **seat: Any) -> QuerySet:
    seen = Comment.objects.visible_in(*seated(role, **seat))
    return seen.filter(pk=comment).values_list("pk")
