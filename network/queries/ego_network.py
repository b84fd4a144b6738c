"""The ego network: one learner's ties, the comments they come from, and what to do with them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from blog.models import Comment, Course, Post, Prompt, User
from blog.queries.course_home import current_prompt
from network import layout
from network.queries.discover import people_to_meet
from network.ties import Tie, TieClass, ties_of

MAX_PEOPLE_PER_LIST = 3
MAX_DRAWN_TIES = 24
MAX_COMMENTS_PER_TIE = 5

RINGS = (TieClass.STRONG, TieClass.WEAK, TieClass.VERY_WEAK)


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
        """Whether what is not listed is older; else it is what the reader cannot open now."""
        return len(self.comments) == MAX_COMMENTS_PER_TIE


def load_ego_network(reader: User, course: Course) -> dict:
    """Return the page's context, in a number of queries that does not grow with the course."""
    ties = [tie for tie in ties_of(reader, course) if tie.tie_class != TieClass.NONE]
    explained = explain_ties(reader, course, ties)
    dormant = [one for one in explained if one.tie.dormant and one.comments]
    return {
        "ties": explained,
        "drawn": draw_ties(ties, salt=f"{course.pk}:{reader.pk}"),
        "not_drawn": max(0, len(ties) - MAX_DRAWN_TIES),
        "build": people_to_meet(
            reader, course, met={tie.peer.pk for tie in ties}, limit=MAX_PEOPLE_PER_LIST
        ),
        "maintain": dormant[:MAX_PEOPLE_PER_LIST],
        **posts_by_contacts(reader, course, ties),
    }


def explain_ties(reader: User, course: Course, ties: list[Tie]) -> list[ExplainedTie]:
    """Pair each tie with its comments that the reader can still see."""
    peers = {tie.peer.pk for tie in ties}
    between = Q(author=reader, addressee__in=peers) | Q(author__in=peers, addressee=reader)
    visible = (
        Comment.objects.counting()
        .filter(between, post__course=course)
        .visible_to(reader)
        .select_related("post")
        .order_by("-day", "-created_at", "-pk")
    )
    comments: dict[int, list[TieComment]] = defaultdict(list)
    for comment in visible:
        by_me = comment.author_id == reader.pk
        peer = comment.addressee_id if by_me else comment.author_id
        comments[peer].append(TieComment(comment, by_me))
    return [_explained(tie, comments[tie.peer.pk][:MAX_COMMENTS_PER_TIE]) for tie in ties]


def _explained(tie: Tie, listed: list[TieComment]) -> ExplainedTie:
    return ExplainedTie(tie, listed, more=max(0, tie.events - len(listed)))


def draw_ties(ties: list[Tie], *, salt: str) -> list[tuple[layout.Node, Tie]]:
    """Place the strongest ties on their rings; a figure of two hundred names would show none."""
    drawn = {tie.peer.pk: tie for tie in ties[:MAX_DRAWN_TIES]}
    rings = [[pk for pk, tie in drawn.items() if tie.tie_class == ring] for ring in RINGS]
    return [(node, drawn[node.key]) for node in layout.ego_rings(rings, salt)]


def posts_by_contacts(reader: User, course: Course, ties: list[Tie]) -> dict:
    """Return the current prompt, and posts on it by people the reader exchanges comments with."""
    prompt = current_prompt(list(Prompt.objects.in_course(course).visible_to(reader).listed()))
    contacts = {
        tie.peer.pk: tie for tie in ties if tie.tie_class in (TieClass.STRONG, TieClass.WEAK)
    }
    if prompt is None or not contacts:
        return {"prompt": prompt, "activate": []}
    posts = (
        Post.objects.published()
        .answering(prompt)
        .filter(author__in=contacts)
        .visible_to(reader)
        .for_list()
    )
    strongest_first = {pk: place for place, pk in enumerate(contacts)}
    ranked = sorted(posts, key=lambda post: strongest_first[post.author_id])
    return {
        "prompt": prompt,
        "activate": [(contacts[p.author_id], p) for p in ranked[:MAX_PEOPLE_PER_LIST]],
    }
