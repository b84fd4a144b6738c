"""The drafts of a writer: those of one target, and the comments that are not sent."""

from django.db.models import Exists, OuterRef, QuerySet

from blog.models import Course, Draft, DraftTarget, Post, PostTarget, User
from blog.models.prepared_queries import prepared


def drafts_at(target: DraftTarget, user: User) -> tuple[Draft, list[Draft]]:
    """Return the draft of a target and its conflict copies, in one query.

    In none where the query of the post has found that this writer has no draft beside it.
    """
    stored = target.drafts_by(user).filter(archived_at=None) if target.post.has_drafts else []
    found = sorted(stored, key=lambda draft: draft.pk)
    for draft in found:  # so that the target is not fetched again
        draft.post, draft.parent, draft.comment = target.post, target.parent, target.comment
    draft = next((draft for draft in found if not draft.is_conflict_copy), None)
    return draft or target.new_draft(user), [draft for draft in found if draft.is_conflict_copy]


def copies_beside(post: Post, user: User) -> list[Draft]:
    """Return the conflict copies beside somebody's draft of a post, in one query."""
    return _copies_of.rows(None, post=post.pk, user=user.pk)


@prepared
def _copies_of(_shape: None, post: int, user: int) -> QuerySet:
    drafts = PostTarget(Post(pk=post)).drafts_by(User(pk=user))
    return drafts.conflict_copies().order_by("pk")


def unsent_comments(writer: User, course: Course) -> list[Draft]:
    """Return a writer's unsent comments on posts of a course, the newest first.

    ``is_post_visible`` says whether they can still see the post: their words are theirs either way.
    """
    visible = Post.objects.published_for(writer, course)
    return list(
        Draft.objects.by(writer)
        .filter(post__course=course, archived_at=None)
        .exclude(kind=Draft.Kind.POST)
        .annotate(is_post_visible=Exists(visible.filter(pk=OuterRef("post"))))
        .select_related("post__author", "post__revision", "parent", "comment")
        .order_by("-updated_at", "-pk")
    )
