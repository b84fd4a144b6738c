"""Two texts of a post side by side: published ones, or one with what is being typed."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from blog.actions.revisions import render, snapshot
from blog.exceptions import TextRefused
from blog.models import Draft, Feedback, Post, Revision, User
from blog.text.diff import Difference, References, difference, references_between


@dataclass(frozen=True)
class Side:
    """One text of a post with the references it cites; a draft has no ``number``."""

    title: str
    text: str
    at: datetime
    references: list[dict] = field(default_factory=list)
    number: int | None = None


@dataclass(frozen=True)
class Comparison:
    """What changed from one side to the other."""

    old: Side
    new: Side

    @cached_property
    def title(self) -> Difference:
        return difference(self.old.title, self.new.title)

    @cached_property
    def text(self) -> Difference:
        return difference(self.old.text, self.new.text)

    @cached_property
    def references(self) -> References:
        return references_between(self.old.references, self.new.references)

    @property
    def is_empty(self) -> bool:
        return self.title.is_empty and self.text.is_empty and self.references.is_empty


def published(revision: Revision) -> Side:
    return Side(
        revision.title, revision.text, revision.created_at, revision.references, revision.number
    )


def typed(post: Post, draft: Draft) -> Side:
    """Return a draft as it would be published now; one that can't be rendered cites nothing."""
    shelf = list(post.shelf.select_related("work"))
    try:
        references = snapshot(render(post, shelf, draft.text), shelf)
    except TextRefused:
        references = []
    return Side(draft.title, draft.text, draft.updated_at, references)


def changed_since_read(post: Post, reading: Feedback | None) -> Comparison | None:
    """Compare what a marker read with what readers see now; None if that is the same text.

    The caller has found ``reading`` through ``visible_to``: that there is one is itself a secret
    until its release.
    """
    if reading is None or reading.revision_id in (None, post.revision_id):
        return None
    if reading.revision.post_id != post.pk:
        return None
    return Comparison(published(reading.revision), published(post.revision))


def read_revisions(post: Post, reader: User) -> set[int]:
    """Return the revisions of which this person may know that the teaching team read them."""
    readings = Feedback.objects.visible_to(reader).filter(post=post, revision__isnull=False)
    return set(readings.values_list("revision", flat=True))
