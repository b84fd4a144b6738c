"""Comments in a thread that are new to a reader since their last visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blog.models import Comment, Post, SeenComments, User


@dataclass(frozen=True)
class NewComments:
    """New comments since a reader's last visit to a thread, by primary keys.

    ``new`` are those of others; ``later`` has the reader's own and deleted ones too. On a first
    visit nothing is new. ``shown_until`` is when the last of them arrived: a reader of this page
    has seen what had arrived by then.
    """

    new: frozenset[int]
    later: frozenset[int]
    shown_until: datetime
    is_first_visit: bool

    @property
    def is_worth_marking(self) -> bool:
        return self.is_first_visit or bool(self.new)


def new_comments(reader: User, post: Post, comments: Sequence[Comment]) -> NewComments:
    """Return the new ones among ``comments``, all that a reader sees on a post.

    In one query, or none where the query of the post has asked for the last visit.
    """
    seen_at = post.last_visit if hasattr(post, "last_visit") else _last_visit(reader, post)
    later = [c for c in comments if seen_at is not None and c.arrived_at > seen_at]
    new = [c for c in later if c.author_id != reader.pk and not c.is_deleted]
    # A deleted comment is not shown, and its time would tell that there was one.
    arrivals = [c.arrived_at for c in comments if not c.is_deleted]
    return NewComments(
        new=frozenset(c.pk for c in new),
        later=frozenset(c.pk for c in later),
        shown_until=max(arrivals, default=post.published_at or post.created_at),
        is_first_visit=seen_at is None,
    )


def _last_visit(reader: User, post: Post) -> datetime | None:
    visits = SeenComments.objects.filter(user=reader, post=post)
    return visits.values_list("seen_at", flat=True).first()
