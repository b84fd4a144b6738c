"""Put posts first among those that wait for a first comment."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.models import AuditEvent, Course, Post, User


def put_first(course: Course, *, by: User, posts: Collection[int]) -> int:
    """Move posts of a course to the front, given by their keys, until each has a comment.

    Return how many were not first yet. What its actor cannot see stays as it is.
    """
    access.require(access.can_put_posts_first(by, course), _("Only the teaching team can do this."))
    return _change(course, by, posts, first=True)


def put_back(course: Course, *, by: User, posts: Collection[int]) -> int:
    """Let posts wait like all others again; return how many were first."""
    access.require(access.can_put_posts_first(by, course), _("Only the teaching team can do this."))
    return _change(course, by, posts, first=False)


def _change(course: Course, by: User, posts: Collection[int], *, first: bool) -> int:
    with transaction.atomic():
        found = Post.objects.in_course(course).published().visible_to(by).filter(pk__in=posts)
        keys = list(
            Post.objects.filter(pk__in=found.values("pk"), put_first_at__isnull=first)
            .select_for_update(no_key=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        if keys:
            at = timezone.now() if first else None
            Post.objects.filter(pk__in=keys).update(put_first_at=at)
            action = "posts_put_first" if first else "posts_put_back"
            AuditEvent.record(action, course, by=by, course=course, posts=keys)
    return len(keys)
