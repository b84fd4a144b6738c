"""What a prompt asks of a post, and how far the text before the writer has come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from blog.models import Comment, Post, Prompt, User
from blog.text import Rendered


@dataclass(frozen=True)
class Band:
    """The asked number of words as a range on a line of 100, and where the text stands on it."""

    start: float
    width: float
    at: float


@dataclass(frozen=True)
class Asked:
    """One prompt beside one text. Facts only: the page finds the words."""

    prompt: Prompt
    words: int
    cited: int
    replied: int
    published_at: datetime | None
    now: datetime

    @property
    def words_asked(self) -> str:
        """“500–800”, “500+”, or nothing where any length will do."""
        low, high = self.prompt.words_min, self.prompt.words_max
        if high is None:
            return f"{low}+" if low else ""
        return f"{low}–{high}"

    @property
    def words_fit(self) -> bool:
        enough = self.words >= self.prompt.words_min
        return enough and (self.prompt.words_max is None or self.words <= self.prompt.words_max)

    @property
    def band(self) -> Band:
        """Draw the range with room on both sides, so that neither end looks like a goal."""
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
        return self.cited >= self.prompt.references_asked

    @property
    def replies_fit(self) -> bool:
        return self.replied >= self.prompt.replies_asked

    @property
    def is_late(self) -> bool:
        """Whether the date to publish by has passed, and nothing was published."""
        return self.published_at is None and self.prompt.is_late(self.now)

    @property
    def is_open(self) -> bool:
        """Whether publishing now would leave something out that a full answer has."""
        return self.is_late or not self.words_fit or not self.references_fit


def asked_of(writer: User, prompt: Prompt, post: Post | None, rendered: Rendered | None) -> Asked:
    """Hold a text beside its prompt. A text that cannot be rendered counts as empty."""
    return Asked(
        prompt=prompt,
        words=rendered.words if rendered else 0,
        cited=sum(bool(entry.html) for entry in rendered.references) if rendered else 0,
        replied=peers_answered(writer, prompt) if prompt.replies_asked else 0,
        published_at=post.published_at if post else None,
        now=timezone.now(),
    )


def peers_answered(writer: User, prompt: Prompt) -> int:
    """Return under how many other people's answers to the prompt the writer has commented."""
    posts = Post.objects.published().answering(prompt).exclude(author=writer)
    comments = Comment.objects.standing().by(writer).filter(post__in=posts)
    return comments.values("post__author").distinct().count()
