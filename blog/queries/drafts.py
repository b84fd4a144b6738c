"""The drafts of a writer: those of one target, and all of a course."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from blog.models import Course, Draft, DraftTarget, Post, User

RESTORABLE_FOR = timedelta(days=30)


def drafts_at(target: DraftTarget, user: User) -> tuple[Draft, list[Draft]]:
    """Return the draft of a target and its conflict copies, in one query."""
    found = list(target.drafts_by(user).filter(archived_at=None).order_by("pk"))
    for draft in found:  # so that the target is not fetched again
        draft.post, draft.parent, draft.comment = target.post, target.parent, target.comment
    draft = next((draft for draft in found if not draft.is_conflict_copy), None)
    return draft or target.new_draft(user), [draft for draft in found if draft.is_conflict_copy]


@dataclass(frozen=True)
class OwnDrafts:
    """The posts of a writer in a course that are not simply published, by their state."""

    unpublished: list[Post] = field(default_factory=list)
    changed: list[Post] = field(default_factory=list)
    withdrawn: list[Post] = field(default_factory=list)
    deleted: list[Post] = field(default_factory=list)


def own_drafts(writer: User, course: Course) -> OwnDrafts:
    """Return the posts that a writer has started, changed, withdrawn or deleted, in two queries.

    Each post has its drafts and conflict copies as ``changes``; deleted posts are here for 30 days.
    """
    drafts = Draft.objects.of_posts().by(writer).filter(archived_at=None)
    drafts = drafts.defer("text").order_by("is_conflict_copy", "-updated_at")
    posts = list(
        Post.objects.in_course(course)
        .by(writer)
        .select_related("prompt")
        .prefetch_related(Prefetch("drafts", drafts, to_attr="changes"))
        .order_by("-created_at", "-pk")
    )
    horizon = timezone.now() - RESTORABLE_FOR
    present = [post for post in posts if post.deleted_at is None]
    return OwnDrafts(
        unpublished=[post for post in present if post.is_draft],
        changed=[post for post in present if post.is_published and post.changes],
        withdrawn=[post for post in present if post.status == Post.Status.WITHDRAWN],
        deleted=[post for post in posts if post.deleted_at and post.deleted_at > horizon],
    )
