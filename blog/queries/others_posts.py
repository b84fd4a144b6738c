"""The posts of others in a course, as lists that are not the list of all posts show them."""

from django.db.models import Exists, OuterRef, QuerySet, Value

from blog.models import Comment, Course, Membership, Post, User


def posts_of_others(reader: User, course: Course) -> QuerySet:
    """Return others' posts for lists, with ``is_in_pod``: whether of the reader's."""
    posts = Post.objects.published_for(reader, course).exclude(author=reader).for_list()
    return posts.annotate(is_in_pod=by_podmate_of(reader, course))


def commented_by(reader: User) -> Exists:
    """Return the condition that the reader has commented on a post."""
    return Exists(Comment.objects.open().by(reader).filter(post=OuterRef("pk")))


def podmates_of(reader: User, course: Course) -> frozenset[int]:
    """Return the people of the reader's pod now, as keys."""
    membership = reader.membership_in(course)
    return membership.podmates if membership else frozenset()


def by_podmate_of(reader: User, course: Course) -> Exists | Value:
    """Return the condition that a post's author is in the reader's pod now."""
    membership = reader.membership_in(course)
    if membership is None or membership.pod_id is None:
        return Value(False)
    members = Membership.objects.active().filter(pod=membership.pod_id)
    return Exists(members.filter(user=OuterRef("author")))
