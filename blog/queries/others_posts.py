"""The posts of others in a course, as lists that are not the list of all posts show them."""

from django.db.models import Exists, OuterRef, QuerySet, Value

from blog.models import Comment, Course, Membership, Post, User


def posts_of_others(reader: User, course: Course) -> QuerySet:
    """Return others' posts for lists, with ``is_in_pod`` and ``is_commented``, of the reader."""
    comments = Comment.objects.open().by(reader)
    return (
        Post.objects.published_for(reader, course)
        .exclude(author=reader)
        .for_list()
        .annotate(
            is_in_pod=by_podmate_of(reader, course),
            is_commented=Exists(comments.on(OuterRef("pk"))),
        )
    )


def by_podmate_of(reader: User, course: Course) -> Exists | Value:
    """Return the condition that a post's author is in the reader's pod now."""
    membership = reader.membership_in(course)
    if membership is None or membership.pod_id is None:
        return Value(False)
    peers = Membership.objects.in_course(course).active().filter(pod=membership.pod_id)
    return Exists(peers.filter(user=OuterRef("author")))
