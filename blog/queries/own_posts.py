"""The posts of one writer in a course, by their state, with what is written and not published."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from blog.models import Course, Draft, Post, User, has_new_comments
from blog.models.posts import WIDE_FIELDS
from blog.models.prepared_queries import prepared

RESTORABLE_FOR = timedelta(days=30)


@dataclass(frozen=True)
class OwnPosts:
    """The posts of a writer in a course, the newest first in each state."""

    drafts: list[Post] = field(default_factory=list)
    published: list[Post] = field(default_factory=list)
    withdrawn: list[Post] = field(default_factory=list)
    deleted: list[Post] = field(default_factory=list)

    def answering(self, prompt) -> Post | None:
        """Return the writer's post for a prompt: the active one, else the last withdrawn one."""
        present = [*self.drafts, *self.published, *self.withdrawn]
        return next((post for post in present if post.prompt_id == prompt.pk), None)


@prepared
def _started_alone(_shape: None, writer: int, course: int) -> QuerySet:
    posts = Post.objects.filter(course=course, author=writer).defer("left_open")
    return posts.order_by("-created_at", "-pk")


def own_posts(writer: User, course: Course, *, with_changes: bool = True) -> OwnPosts:
    """Return the posts that a writer has started, published, withdrawn or deleted, in two queries.

    Each post has its drafts and conflict copies as ``changes``, and ``has_new_comments`` since its
    author was there last; without these two it is one query, and a light one, for the posts alone:
    without their versions and prompts. Deleted posts are here for 30 days.
    """
    if with_changes:
        drafts = Draft.objects.of_posts().by(writer).filter(archived_at=None)
        drafts = drafts.defer("text").order_by("is_conflict_copy", "-updated_at")
        found = _started_alone.build(None, writer.pk, course.pk).defer(*WIDE_FIELDS)
        found = found.select_related("revision", "prompt").prefetch_related(
            Prefetch("drafts", drafts, to_attr="changes")
        )
        posts = list(found.annotate(has_new_comments=has_new_comments(writer)))
    else:
        posts = _started_alone.rows(None, writer=writer.pk, course=course.pk)
    for post in posts:
        post.course, post.author = course, writer
    horizon = timezone.now() - RESTORABLE_FOR
    present = [post for post in posts if post.deleted_at is None]
    return OwnPosts(
        drafts=[post for post in present if post.is_draft],
        published=[post for post in present if post.is_published],
        withdrawn=[post for post in present if post.is_withdrawn],
        deleted=[post for post in posts if post.deleted_at and post.deleted_at > horizon],
    )
