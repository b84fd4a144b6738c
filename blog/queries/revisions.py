"""Comparisons of two versions of a text: published ones, a draft, or two drafts of one target."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from blog.exceptions import TextRefused
from blog.models import Audience, Draft, DraftTarget, Grading, Post, Revision, User
from blog.models.prompt_dates import minute_after
from blog.text.diff import Budget, Difference, compare_texts
from blog.text.formatted_diff import FormattedDifference, compare_formatted
from blog.text.formatting import FormattedText, formatted_text, source_text
from blog.text.reference_diff import ReferenceChanges, compare_references


@dataclass(frozen=True)
class Side:
    """One version of a text with the references it cites; a draft has no ``number``.

    ``html`` is read for its words alone. It is None for a text that cannot be rendered.
    """

    title: str
    text: str
    html: str | None
    at: datetime
    references: list[dict] = field(default_factory=list)
    number: int | None = None
    content_note: str = ""

    @cached_property
    def formatted(self) -> FormattedText:
        return formatted_text(self.html or "")


@dataclass(frozen=True)
class Comparison:
    """The changes from one version of a text to another; all of them draw on one budget."""

    old: Side
    new: Side

    @cached_property
    def budget(self) -> Budget:
        return Budget()

    @cached_property
    def title(self) -> Difference:
        return compare_texts(self.old.title, self.new.title, self.budget)

    @cached_property
    def content_note(self) -> Difference:
        return compare_texts(self.old.content_note, self.new.content_note, self.budget)

    @property
    def note(self) -> str:
        """Return the content note that hides the changes: of either version, the newer first."""
        return self.new.content_note or self.old.content_note

    @cached_property
    def text(self) -> FormattedDifference:
        """Return the changes that readers see; those of the Markdown if one side has no HTML."""
        if self.is_of_source:
            return self.source
        return compare_formatted(self.old.formatted, self.new.formatted, self.budget)

    @cached_property
    def source(self) -> FormattedDifference:
        """Return the changes of the Markdown, to the last blank line."""
        return compare_formatted(
            source_text(self.old.text), source_text(self.new.text), self.budget
        )

    @cached_property
    def references(self) -> ReferenceChanges:
        return compare_references(self.old.references, self.new.references)

    @property
    def is_of_source(self) -> bool:
        return self.old.html is None or self.new.html is None

    @property
    def only_source_differs(self) -> bool:
        return self.text.is_empty and not self.source.is_empty

    @property
    def is_empty(self) -> bool:
        """Return whether the two are the same in everything, seen or not."""
        parts = (self.title, self.content_note, self.text, self.source, self.references)
        return all(part.is_empty for part in parts)


def revision_side(revision: Revision) -> Side:
    return Side(
        revision.title,
        revision.text,
        revision.html,
        revision.created_at,
        revision.references,
        revision.number,
        revision.content_note,
    )


def draft_side(post: Post, draft: Draft) -> Side:
    """Return a draft as it would be published now; if it can't be rendered, it cites nothing."""
    try:
        rendered = post.render(draft.text)
    except TextRefused:
        return _side_of_draft(draft, None)
    return _side_of_draft(draft, rendered.rendered.html, rendered.snapshot())


def compare_drafts(target: DraftTarget, old: Draft, new: Draft) -> Comparison:
    """Compare two drafts of one target by their titles and texts."""
    return Comparison(*(_side_of_target(target, draft) for draft in (old, new)))


def _side_of_target(target: DraftTarget, draft: Draft) -> Side:
    try:
        html = target.html_of(draft.text)
    except TextRefused:
        html = None
    return _side_of_draft(draft, html)


def _side_of_draft(draft: Draft, html: str | None, references: Sequence[dict] = ()) -> Side:
    return Side(
        draft.title,
        draft.text,
        html,
        draft.updated_at,
        list(references),
        content_note=draft.content_note,
    )


def revision_at_due_date(post: Post) -> Revision | None:
    """Return the version of a post that stood when its due minute was over, if it changed since.

    For the teaching team: the extension of its author counts (``Post.with_extensions``), and a
    version for its author alone stays theirs. No query where nothing was published after that.
    """
    if post.due_at is None or post.revision is None:
        return None
    over = minute_after(post.due_at)
    if post.revision.created_at < over:
        return None
    shown = post.revisions.filter(audience__gte=Audience.INSTRUCTORS)
    return shown.filter(created_at__lt=over).order_by("-number").first()


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
    """Return the keys of the revisions that were graded, as far as the reader may know.

    Whose post somebody has graded anonymously, they do not learn from its history.
    """
    known = Q(prompt__is_anonymous=False) | Q(released_at__lte=timezone.now())
    gradings = Grading.objects.visible_to(reader).filter(known, post=post, revision__isnull=False)
    return set(gradings.values_list("revision", flat=True))
