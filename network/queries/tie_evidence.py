"""The evidence of ties: the comments they come from, as far as their owner can still see them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from blog.models import Comment, Course, User
from network.ties import (
    Fall,
    Plan,
    Tie,
    TieClass,
    next_fall,
    next_rise,
    states_of,
    tie_date,
)

MAX_COMMENTS_PER_TIE = 5
COMMENTS_PER_PAGE = 50
LISTED_FIELDS = ("author", "addressee", "day", "post__title", "post__slug")


@dataclass(frozen=True)
class TieComment:
    """A comment that one of the two people of a tie wrote to the other."""

    comment: Comment
    by_me: bool


@dataclass(frozen=True)
class ExplainedTie:
    """A tie with the comments it comes from, newest first; ``more`` of them are not listed."""

    tie: Tie
    comments: list[TieComment]
    more: int

    @property
    def latest(self) -> TieComment | None:
        return self.comments[0] if self.comments else None

    @property
    def is_list_full(self) -> bool:
        """Return whether what is not listed is older; else the reader cannot open it now."""
        return len(self.comments) == MAX_COMMENTS_PER_TIE


@dataclass(frozen=True)
class TieEvidence:
    """One tie of the reader's, and all that its class follows from.

    ``comments`` are those of ``page``, newest first. ``tenths`` is what the comments of both add
    up to, in tenths. ``unseen`` of them count and cannot be opened by the reader; whose they are
    is not said. ``by`` and ``falls_on`` are the dates of ``rise`` and ``fall``.
    """

    tie: Tie
    page: Page
    comments: list[TieComment]
    tenths: int
    unseen: int
    is_over: bool
    rise: Plan | None
    by: date | None
    fall: Fall | None
    falls_on: date | None

    @property
    def added_up(self) -> float:
        return self.tenths / 10


def explain_ties(
    reader: User, course: Course, ties: list[Tie], as_of: date | None = None
) -> list[ExplainedTie]:
    """Pair each tie with its comments that the reader can still see, up to a day."""
    if not ties:
        return []
    visible = visible_comments(reader, course, {tie.peer.pk for tie in ties})
    if as_of is not None:
        visible = visible.filter(day__lte=as_of)
    comments: dict[int, list[TieComment]] = defaultdict(list)
    for comment in visible.select_related("post").only(*LISTED_FIELDS):
        one = _seen_by(reader, comment)
        peer = comment.addressee_id if one.by_me else comment.author_id
        if peer is not None:  # which no counting comment lacks
            comments[peer].append(one)
    return [_explained(tie, comments[tie.peer.pk][:MAX_COMMENTS_PER_TIE]) for tie in ties]


def load_tie_evidence(
    reader: User, course: Course, username: str, page: str | None
) -> TieEvidence | None:
    """Return the evidence of the reader's tie to somebody in the course now, if there is one."""
    known = {tie.peer.username: (tie, state) for tie, state in states_of(reader, course)}
    tie, state = known.get(username, (None, None))
    if tie is None or state is None or tie.tie_class == TieClass.NONE:
        return None
    visible = visible_comments(reader, course, {tie.peer.pk}).select_related("post")
    listed = Paginator(visible, COMMENTS_PER_PAGE).get_page(page)
    today = tie_date(course)
    is_over = course.today() > course.ends_on
    days_left = 0 if is_over else (course.ends_on - today).days
    rise = None if is_over else next_rise(state, days_left)
    fall = next_fall(state, days_left)
    return TieEvidence(
        tie,
        listed,
        [_seen_by(reader, comment) for comment in listed.object_list],
        state.tenths,
        unseen=max(0, tie.events - listed.paginator.count),
        is_over=is_over,
        rise=rise,
        by=today + timedelta(days=rise.within) if rise else None,
        fall=fall,
        falls_on=today + timedelta(days=fall.days) if fall else None,
    )


def visible_comments(reader: User, course: Course, peers: Collection[int]) -> QuerySet[Comment]:
    """Return the comments between the reader and some peers that count and that they can see."""
    between = Q(author=reader, addressee__in=peers) | Q(author__in=peers, addressee=reader)
    return (
        Comment.objects.counting()
        .visible_in(reader, course)
        .filter(between)
        .order_by("-day", "-created_at", "-pk")
    )


def _seen_by(reader: User, comment: Comment) -> TieComment:
    return TieComment(comment, by_me=comment.author_id == reader.pk)


def _explained(tie: Tie, listed: list[TieComment]) -> ExplainedTie:
    return ExplainedTie(tie, listed, more=max(0, tie.events - len(listed)))
