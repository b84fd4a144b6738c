"""Comments that an author wants to use: the revision plan, and what a version made of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from blog.models import Audience, Comment, CommentUse, Course, Draft, Post, User
from blog.models.comment_uses import least_audience
from blog.models.prepared_queries import prepared
from blog.queries.revisions import Comparison, revision_side


@dataclass(frozen=True)
class RevisionPlan:
    """The comments that the author of a post wants to use in its next version, oldest first.

    ``comments`` are on this post, and ``earlier`` ones on posts of the same author that were
    published before it. ``is_due`` says that the text in the editor is another one than the
    published, so that it may use ``comments``.
    """

    comments: Sequence[Comment] = ()
    earlier: Sequence[Comment] = ()
    is_due: bool = False

    def __bool__(self) -> bool:
        return bool(self.comments or self.earlier)


def revision_plan(writer: User, course: Course, post: Post | None, text: str) -> RevisionPlan:
    """Return the plan for a post of a course, beside a ``text`` of its next version.

    ``post`` is None before it is stored. Two queries, or one that is cheap for the many who have no
    plan for any of their posts.
    """
    if post is not None and post.author_id != writer.pk:
        return RevisionPlan()
    if not _any_plan.rows(None, writer=writer.pk):
        return RevisionPlan(is_due=_is_due(post, text))
    planned = CommentUse.objects.visible_to(writer).planned().filter(_on_plan(writer, course, post))
    comments = _comments_of(planned)
    own = [comment for comment in comments if post is not None and comment.post_id == post.pk]
    return RevisionPlan(
        comments=own,
        earlier=[comment for comment in comments if comment not in own],
        is_due=_is_due(post, text),
    )


@prepared
def _any_plan(_shape: None, writer: int) -> QuerySet:
    uses = CommentUse.objects.planned().filter(comment__post__author=writer)
    return uses.values_list("pk", flat=True)[:1]


def _is_due(post: Post | None, text: str) -> bool:
    return post is not None and post.revision is not None and text != post.revision.text


def _on_plan(writer: User, course: Course, post: Post | None) -> Q:
    """Return the condition that a use is of a comment on a post, or on one published before it."""
    others = Q(comment__post__author=writer, comment__post__course=course)
    if post is None:
        return others
    if post.published_at is not None:
        others &= Q(comment__post__published_at__lt=post.published_at)
    return Q(comment__post=post) | others


def _comments_of(uses: QuerySet[CommentUse]) -> list[Comment]:
    """Return the comments of uses, oldest first, with what their list prints."""
    uses = uses.select_related("comment__author", "comment__post__course")
    return [use.comment for use in uses.order_by("comment__created_at", "comment")]


def show_checked(*drafts: Draft) -> None:
    """Set ``checked_comments`` of drafts of one writer: those of the plan that each one uses.

    Oldest first. One query, and none where no box is checked.
    """
    keys = {key for draft in drafts for key in draft.used_comments}
    comments = []
    if keys:
        planned = CommentUse.objects.visible_to(drafts[0].user).planned()
        comments = _comments_of(planned.filter(comment__in=keys))
    for draft in drafts:
        draft.checked_comments = [each for each in comments if each.pk in draft.used_comments]


def show_uses(reader: User, post: Post, comments: Sequence[Comment]) -> None:
    """Set ``shown_use`` of those comments on a post whose use the reader can know of.

    A use whose change the reader cannot see any more says nothing of a version. One query, and
    none where it could find nothing: without comments of the two people whom a use is between, or
    where the query of the comments has found that none is used (``with_use``).
    """
    is_author = reader.pk == post.author_id
    if not any((is_author or c.author_id == reader.pk) and c.is_used for c in comments):
        return
    uses = CommentUse.objects.visible_to(reader).filter(comment__post=post)
    by_comment = {use.comment_id: use for use in uses.select_related("revision__post__course")}
    for comment in comments:
        use = by_comment.get(comment.pk)
        if use is not None and (use.is_planned or use.can_be_read_by(reader)):
            comment.shown_use, use.comment = use, comment


def change_of_use(use: CommentUse, reader: User) -> Comparison | None:
    """Return the changes of the version that uses a comment, or None if the reader cannot see it.

    The history of a post is its author's and the teaching team's. The author of a comment sees
    this one change of it: from the last version before that they could see, if need be the one
    that they commented on. Another post that uses the comment has nothing to compare. The caller
    has found ``use`` through ``visible_to``.
    """
    comment, post, named = use.comment, use.comment.post, use.revision
    if named is None or use.other_post is not None or not use.can_be_read_by(reader):
        return None
    before = post.revisions.filter(number__lt=named.number).order_by("-number")
    if reader.pk != post.author_id:
        read = before.filter(
            created_at__lte=comment.created_at, audience__gt=Audience.ONLY_ME
        ).first()
        is_open = Q(audience__gte=least_audience(reader, post))
        before = before.filter(is_open | Q(pk=read and read.pk))
    old = before.first()
    return Comparison(revision_side(old), revision_side(named)) if old else None
