"""Progress of a post: how much of what its prompt asks for is done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from blog.models import HelpStatement, Post, Prompt, User
from blog.queries.commented_peers import CommentedPeers, commented_peers
from blog.text import Rendered


@dataclass(frozen=True)
class Band:
    """The number of words a prompt asks for, and that of the text, on a line of 100 units."""

    start: float
    width: float
    at: float


@dataclass(frozen=True)
class PromptProgress:
    """The progress of one text with its prompt. Facts only: the template has the sentences."""

    prompt: Prompt
    words: int
    cited: int
    peers: CommentedPeers
    published_at: datetime | None
    now: datetime
    has_help_statement: bool = False

    @property
    def lacks_help_statement(self) -> bool:
        """Return whether the prompt asks for a statement of help, and there is none yet."""
        return self.prompt.asks_for_help and not self.has_help_statement

    @property
    def word_range(self) -> str:
        """Return “500–800”, “500+”, or nothing if any length will do."""
        low, high = self.prompt.words_min, self.prompt.words_max
        if high is None:
            return f"{low}+" if low else ""
        return f"{low}–{high}"

    @property
    def words_fit(self) -> bool:
        enough = self.words >= self.prompt.words_min
        return enough and (self.prompt.words_max is None or self.words <= self.prompt.words_max)

    @property
    def words_over(self) -> int:
        """Return the number of words above the prompt's maximum."""
        high = self.prompt.words_max
        return max(0, self.words - high) if high is not None else 0

    @property
    def words_short(self) -> int:
        """Return the number of words below the prompt's minimum."""
        return max(0, self.prompt.words_min - self.words)

    @property
    def band(self) -> Band:
        """Return the range with room on both sides, so that neither end looks like a goal."""
        low = self.prompt.words_min
        high = self.prompt.words_max or 2 * low
        unit = 100 / (1.25 * high)
        return Band(
            start=round(low * unit, 1),
            width=round((high - low) * unit, 1),
            at=round(min(self.words * unit, 99.2), 1),
        )

    @property
    def references_fit(self) -> bool:
        return self.cited >= self.prompt.references_min

    @property
    def comments_fit(self) -> bool:
        return self.peers.are_enough_for(self.prompt)

    @property
    def is_late(self) -> bool:
        """Return whether the due date has passed and nothing was published."""
        return self.published_at is None and self.prompt.is_late(self.now)


def prompt_progress(
    writer: User, prompt: Prompt, post: Post | None, rendered: Rendered | None
) -> PromptProgress:
    """Return the progress of a text. A text that cannot be rendered counts as empty."""
    return PromptProgress(
        prompt=prompt,
        words=rendered.words if rendered else 0,
        cited=sum(bool(entry.html) for entry in rendered.references) if rendered else 0,
        peers=_peers(writer, prompt) if prompt.comments_min else CommentedPeers(),
        published_at=post.published_at if post else None,
        now=timezone.now(),
        has_help_statement=prompt.asks_for_help and _has_help_statement(post),
    )


def _has_help_statement(post: Post | None) -> bool:
    return post is not None and HelpStatement.objects.filter(post=post).exists()


def _peers(writer: User, prompt: Prompt) -> CommentedPeers:
    found = commented_peers(writer, prompt.course_id, [prompt.pk])
    return found.get(prompt.pk, CommentedPeers())
