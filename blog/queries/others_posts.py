"""The posts of others in a course, as lists that are not the list of all posts show them."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from blog.models import Comment, Course, Membership, Post, User


def posts_of_others(reader: User, course: Course) -> QuerySet:
    """Return others' posts for lists; ``attach_own_part`` says what they are to the reader."""
    return Post.objects.published_for(reader, course).exclude(author=reader).for_list()


def podmates_of(reader: User, course: Course) -> frozenset[int]:
    """Return the people of the reader's pod now, as keys."""
    membership = reader.membership_in(course)
    return membership.podmates if membership else frozenset()


def by_podmate_of(reader: User, course: Course) -> Exists:
    """Return the condition that a post's author is in the reader's pod now."""
    membership = reader.membership_in(course)
    pod = membership and membership.pod_id
    members = Membership.objects.active().filter(pod=pod, pod__isnull=False)
    return Exists(members.filter(user=OuterRef("author")))


def attach_own_part(posts: Iterable[Post], reader: User, course: Course) -> None:
    """Set ``is_in_pod`` and ``is_commented``, of the reader, on posts; two queries at most."""
    posts = list(posts)
    if not posts:
        return
    podmates = podmates_of(reader, course)
    comments = Comment.objects.open().by(reader).filter(post__in=posts)
    commented = set(comments.order_by().values_list("post", flat=True))
    for post in posts:
        post.is_in_pod = post.author_id in podmates  # type: ignore[attr-defined]
        post.is_commented = post.pk in commented  # type: ignore[attr-defined]
