"""Possible addressees and audiences of a comment."""

from django.db.models import Q

from blog.models import Audience, Comment, Post, User


def possible_addressees(comment: Comment):
    """Return the people a comment can address: the post's author, and who has commented on it."""
    authors = Comment.objects.on(comment.post).open().values("author")
    people = (
        User.objects.filter(Q(pk=comment.post.author_id) | Q(pk__in=authors))
        .filter(memberships__course=comment.post.course_id)
        .order_by("display_name", "pk")
    )
    return people.exclude(pk=comment.author_id) if comment.author_id else people


def widest_audience(post: Post, parent: Comment | None = None) -> int:
    """Return the widest audience of a comment: never wider than its parent or the post."""
    widest = Comment.Audience.READERS
    if post.audience_now >= Audience.SIGNED_IN:
        widest = Comment.Audience.EVERYONE
    return min(widest, parent.audience) if parent else widest
