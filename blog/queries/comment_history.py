"""The history of a comment: its texts, and what changed from each to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Exists, OuterRef, QuerySet

from blog.models import Comment, CommentRevision
from blog.queries.revisions import Comparison, Side

PAGE_SIZE = 20


@dataclass(frozen=True)
class CommentVersion:
    """One text of a comment; ``comparison`` is with the one before it, None for the first."""

    html: str
    at: datetime
    comparison: Comparison | None
    is_current: bool
    content_note: str


@dataclass(frozen=True)
class CommentHistory:
    """A page of versions, the newest first; ``older`` is where the next page begins, or None."""

    versions: list[CommentVersion]
    older: int | None


def with_public_history(comments: QuerySet) -> QuerySet:
    """Return comments with ``has_public_history``: whether a public page can show a former text."""
    former = CommentRevision.objects.on_public_page().filter(comment=OuterRef("pk"))
    return comments.annotate(has_public_history=Exists(former))


def comment_history(
    comment: Comment, former: QuerySet, *, before: int | None = None
) -> CommentHistory:
    """Return the versions of a comment, in one query.

    ``former`` has those of its former texts that the reader can see. ``before`` is the key of one:
    the page shows those that are older.
    """
    former = former.order_by("-pk")
    if before is not None:
        former = former.filter(pk__lt=before)
    texts: list[Comment | CommentRevision] = [] if before is not None else [comment]
    texts += former[: PAGE_SIZE + 1]
    shown = texts[:PAGE_SIZE]
    rest = texts[PAGE_SIZE:]
    return CommentHistory(
        [_version(comment, text, old) for text, old in _with_older(texts)[:PAGE_SIZE]],
        older=shown[-1].pk if rest else None,
    )


def _with_older(texts: Sequence) -> list[tuple]:
    return [*pairwise(texts), *((text, None) for text in texts[-1:])]


def _version(comment: Comment, text, old) -> CommentVersion:
    """Return a version, behind a content note if any text has one that it shows words of."""
    notes = [each.content_note for each in (comment, text, old) if each is not None]
    return CommentVersion(
        text.html,
        _written_at(text),
        Comparison(_side(old), _side(text)) if old is not None else None,
        is_current=text is comment,
        content_note=next(filter(None, notes), ""),
    )


def _side(text: Comment | CommentRevision) -> Side:
    return Side("", text.text, text.html, _written_at(text))


def _written_at(text: Comment | CommentRevision) -> datetime:
    if isinstance(text, CommentRevision):
        return text.written_at
    return text.edited_at or text.created_at
