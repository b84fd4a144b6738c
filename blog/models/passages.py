"""Passages: the words of a post that a comment is on, and where they are in its text."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from blog.models.comments import Comment
from blog.models.posts import Post
from blog.models.revisions import Revision
from blog.text.diff import Budget
from blog.text.passages import (
    PassageText,
    Place,
    Quotation,
    find_again,
    find_quotation,
    read,
)


class PassageQuerySet(models.QuerySet):
    def on(self, post: Post):
        return self.filter(comment__post=post)

    def find_again(self, post: Post) -> None:
        """Store where the passages of a post are in its published text, or that they are gone.

        Each is looked for from the version it was quoted in, whatever versions came between: words
        that come back are found, and all of this can be done again with the same outcome.
        """
        passages = list(self.on(post).select_related("revision"))
        if not passages or post.revision is None:
            return
        budget = Budget()
        new = read(post.revision.html)
        texts = {revision: read(revision.html) for revision in {one.revision for one in passages}}
        for passage in passages:
            passage.find_in(new, texts[passage.revision], budget)
        self.bulk_update(passages, ["start_now", "end_now"])


class Passage(models.Model):
    """The passage that a comment is on, as its writer saw it in ``revision``.

    These are the two selectors of the W3C's Web Annotation model: ``exact``, ``prefix`` and
    ``suffix`` (TextQuoteSelector), ``start`` and ``end`` (TextPositionSelector), in code points of
    what ``blog.text.passages.read`` returns for that version. They never change. ``start_now`` and
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

    def find_in(self, new: PassageText, old: PassageText, budget: Budget | None = None) -> None:
        """Set where the passage is in the text ``new``; ``old`` is the one it was quoted in."""
        place = self.place
        if old.text[slice(*place)] != self.exact:  # the renderer writes that version otherwise now
            place = next(iter(find_quotation(old.text, self.quotation)), place)
        self.place_now = find_again(self.quotation, place, old.text, new.text, budget)

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
