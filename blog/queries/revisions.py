"""Comparisons of two versions of a post: two published ones, or one with the draft."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from blog.exceptions import TextRefused
from blog.models import Draft, Grading, Post, Revision, User
from blog.text.diff import Difference, compare_texts
from blog.text.reference_diff import ReferenceChanges, compare_references


@dataclass(frozen=True)
class Side:
    """One version of a post with the references it cites; a draft has no ``number``."""

    title: str
    text: str
    at: datetime
    references: list[dict] = field(default_factory=list)
    number: int | None = None


@dataclass(frozen=True)
class Comparison:
    """The changes from one version of a post to another."""

    old: Side
    new: Side

    @cached_property
    def title(self) -> Difference:
        return compare_texts(self.old.title, self.new.title)

    @cached_property
    def text(self) -> Difference:
        return compare_texts(self.old.text, self.new.text)

    @cached_property
    def references(self) -> ReferenceChanges:
        return compare_references(self.old.references, self.new.references)

    @property
    def is_empty(self) -> bool:
        return self.title.is_empty and self.text.is_empty and self.references.is_empty


def revision_side(revision: Revision) -> Side:
    return Side(
        revision.title, revision.text, revision.created_at, revision.references, revision.number
    )


def draft_side(post: Post, draft: Draft) -> Side:
    """Return a draft as it would be published now; if it can't be rendered, it cites nothing."""
    try:
        references = post.render(draft.text).snapshot()
    except TextRefused:
        references = []
    return Side(draft.title, draft.text, draft.updated_at, references)


def changed_since_grading(post: Post, grading: Grading | None) -> Comparison | None:
    """Compare the version that was graded with the published one; None if they are the same.

    The caller has found ``grading`` through ``visible_to``: even its existence is a secret until
    its release.
    """
    if grading is None or grading.revision_id == post.revision_id:
        return None
    graded, published = grading.revision, post.revision
    if graded is None or published is None or graded.post_id != post.pk:
        return None
    return Comparison(revision_side(graded), revision_side(published))


def graded_revisions(post: Post, reader: User) -> set[int]:
    """Return the keys of the revisions that were graded, as far as the reader may know."""
    gradings = Grading.objects.visible_to(reader).filter(post=post, revision__isnull=False)
    return set(gradings.values_list("revision", flat=True))
