"""Passages: the words of a post that a comment is on, and where they are in its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import F, Q, prefetch_related_objects

from blog.models.comments import Comment
from blog.models.posts import Post
from blog.models.revisions import Revision
from blog.text.diff import Budget
from blog.text.passages import (
    Change,
    Folded,
    Place,
    Quotation,
    find_quotation,
    read,
)


class PassageQuerySet(models.QuerySet):
    def on(self, post: Post):
        return self.filter(comment__post=post)

    def places_in(self, post: Post, html: str) -> dict[int, Place | None]:
        """Return by key where the passages of a post are in a text of it, None for what is gone.

        Each is looked for from the version it was quoted in, whatever versions came between: words
        that come back are found, and all of this can be done again with the same outcome.
        """
        return _places_in(self.on(post), html)

    def find_again(self, post: Post, found: Mapping[int, Place | None] | None = None) -> None:
        """Store where the passages of a post are in its published text, or that they are gone.

        ``found`` is what ``places_in`` said of this text; what came since is looked for here.
        """
        passages = list(self.on(post))
        if not passages or post.revision is None:
            return
        places = dict(found or {})
        late = [passage for passage in passages if passage.pk not in places]
        places |= _places_in(late, post.revision.html)
        moved = [passage for passage in passages if passage.place_now != places[passage.pk]]
        for passage in moved:
            passage.place_now = places[passage.pk]
        self.bulk_update(moved, ["start_now", "end_now"])


class Passage(models.Model):
    """The passage that a comment is on, as its writer saw it in ``revision``.

    These are the two selectors of the W3C's Web Annotation model: ``exact``, ``prefix`` and
    ``suffix`` (TextQuoteSelector), ``start`` and ``end`` (TextPositionSelector), in code points of
    what ``blog.text.passages.read`` returns for that version. They change only with that version
    itself, where a name has to go (``blog.models.quotations``). ``start_now`` and
    ``end_now`` are derived: where the passage is in the published version, None if it is gone.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="passage")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="passages")
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    start = models.IntegerField()
    end = models.IntegerField()
    start_now = models.IntegerField(null=True)
    end_now = models.IntegerField(null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(start__gte=0, end__gt=F("start")), name="passages_have_words"
            ),
            models.CheckConstraint(
                condition=Q(start_now__isnull=True, end_now__isnull=True)
                | Q(start_now__gte=0, end_now__gt=F("start_now")),
                name="passages_that_are_found_have_words",
            ),
        ]

    def __str__(self):
        return f"passage of comment {self.comment_id}"  # never the words

    def place_in(self, change: Change) -> Place | None:
        """Return the place of the passage now, after a change of the text it was quoted in."""
        return change.find(self.quotation, self.place_within(change.old))

    def place_within(self, text: str) -> Place:
        """Return the place of the passage in its own text, as that is rendered now."""
        if text[slice(*self.place)] == self.exact:
            return self.place
        return next(iter(find_quotation(text, self.quotation)), self.place)

    @property
    def quotation(self) -> Quotation:
        return Quotation(self.exact, self.prefix, self.suffix)

    @property
    def place(self) -> Place:
        return Place(self.start, self.end)

    @property
    def place_now(self) -> Place | None:
        if self.start_now is None or self.end_now is None:
            return None
        return Place(self.start_now, self.end_now)

    @place_now.setter
    def place_now(self, place: Place | None) -> None:
        self.start_now, self.end_now = place or (None, None)


def _places_in(passages: Iterable[Passage], html: str) -> dict[int, Place | None]:
    """Return by key where passages are in a text; each version they are of is compared once."""
    passages = list(passages)
    if not passages:
        return {}
    prefetch_related_objects(passages, "revision")
    budget, new = Budget(), Folded(read(html).text)
    versions = {passage.revision_id: passage.revision.html for passage in passages}
    changes = {key: Change(read(old).text, new, budget) for key, old in versions.items()}
    return {passage.pk: passage.place_in(changes[passage.revision_id]) for passage in passages}
