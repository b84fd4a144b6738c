"""One learner's network: the ties, what they come from, and what could be done with them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from blog.models import Comment, Course, Membership, Post, Prompt, Reference, User, Work
from blog.queries.course_home import current_prompt
from network import layout
from network.discovery import people_to_meet
from network.ties import Tie, TieClass, reading_day, ties_of

FEW = 3
DRAWN = 24
LINES = 5

RINGS = (TieClass.STRONG, TieClass.WEAK, TieClass.VERY_WEAK)


@dataclass(frozen=True)
class Line:
    """One piece of evidence: a comment that one of the two wrote to the other."""

    comment: Comment
    by_me: bool


@dataclass(frozen=True)
class Row:
    """A tie with the comments it comes from, newest first; ``earlier`` more are not listed."""

    tie: Tie
    lines: list[Line]
    earlier: int

    @property
    def last(self) -> Line | None:
        return self.lines[0] if self.lines else None


@dataclass(frozen=True)
class Meeting:
    """Somebody the learner has not met here, with a reason that is true of the data."""

    person: User
    work: Work | None
    answered: User | None


def load_ego_network(reader: User, course: Course) -> dict:
    """Return what the page shows, in a number of queries that does not grow with the course."""
    ties = [tie for tie in ties_of(reader, course) if tie.cls != TieClass.NONE]
    rows = rows_of(reader, course, ties)
    return {
        "rows": rows,
        "drawn": drawing(ties, salt=f"{course.pk}:{reader.pk}"),
        "left_out": max(0, len(ties) - DRAWN),
        "build": to_build(reader, course, ties),
        "maintain": [row for row in rows if row.tie.dormant and row.lines][:FEW],
        **to_activate(reader, course, ties),
    }


def rows_of(reader: User, course: Course, ties: list[Tie]) -> list[Row]:
    """Pair each tie with its comments that the reader may still see."""
    peers = {tie.peer.pk: tie.peer for tie in ties}
    between = Q(author=reader, addressee__in=peers) | Q(author__in=peers, addressee=reader)
    comments = (
        Comment.objects.counting()
        .filter(between, post__course=course)
        .visible_to(reader)
        .select_related("post")
        .order_by("-day", "-created_at", "-pk")
    )
    lines: dict[int, list[Line]] = defaultdict(list)
    for comment in comments:
        by_me = comment.author_id == reader.pk
        peer = comment.addressee_id if by_me else comment.author_id
        lines[peer].append(Line(comment, by_me))
    return [
        Row(tie, lines[tie.peer.pk][:LINES], max(0, tie.events - len(lines[tie.peer.pk][:LINES])))
        for tie in ties
    ]


def drawing(ties: list[Tie], *, salt: str) -> list[tuple[layout.Node, Tie]]:
    """Place the strongest ties on their rings; a figure of two hundred names would show none."""
    shown = {tie.peer.pk: tie for tie in ties[:DRAWN]}
    rings = [[pk for pk, tie in shown.items() if tie.cls == ring] for ring in RINGS]
    return [(node, shown[node.key]) for node in layout.ego_rings(rings, salt)]


def to_build(reader: User, course: Course, ties: list[Tie]) -> list[Meeting]:
    """Return people not met yet, who cite what the reader cites or answer whom they answer."""
    met = {tie.peer.pk for tie in ties} | {reader.pk}
    members = Membership.objects.in_course(course).active().students()
    students = frozenset(members.values_list("user_id", flat=True))
    cited: dict[int, set[int]] = defaultdict(set)
    posts = Post.objects.in_course(course).published().visible_to(reader)
    shelves = Reference.objects.filter(cited=True, post__in=posts).values_list(
        "post__author_id", "work_id"
    )
    for person, work in shelves:
        cited[person].add(work)
    answered: dict[int, set[int]] = defaultdict(set)
    # From comments and not from arcs: those also hold what was said for author and team alone.
    talk = Comment.objects.counting().filter(post__course=course).visible_to(reader)
    for source, target in talk.values_list("author_id", "addressee_id"):
        if source in students and target in students:
            answered[source].add(target)
    required = Prompt.required_works.through.objects.filter(prompt__course=course)
    week = reading_day(course).isocalendar()
    leads = people_to_meet(
        reader.pk,
        cited=cited,
        answered=answered,
        candidates=students - met,
        required=set(required.values_list("work_id", flat=True)),
        salt=f"{reader.pk}:{week.year}:{week.week}",
        few=FEW,
    )
    works = Work.objects.in_bulk([lead.work for lead in leads if lead.work])
    people = User.objects.in_bulk([key for lead in leads for key in (lead.person, lead.answered)])
    return [
        Meeting(people[lead.person], works.get(lead.work), people.get(lead.answered))
        for lead in leads
    ]


def to_activate(reader: User, course: Course, ties: list[Tie]) -> dict:
    """Return the posts on the current prompt by people the reader has been exchanging with."""
    prompt = current_prompt(list(Prompt.objects.in_course(course).visible_to(reader)))
    near = {tie.peer.pk: tie for tie in ties if tie.cls in (TieClass.STRONG, TieClass.WEAK)}
    if prompt is None or not near:
        return {"prompt": prompt, "activate": []}
    posts = (
        Post.objects.published()
        .answering(prompt)
        .filter(author__in=near)
        .visible_to(reader)
        .for_list()
    )
    ranked = sorted(posts, key=lambda post: list(near).index(post.author_id))
    return {"prompt": prompt, "activate": [(near[p.author_id], p) for p in ranked[:FEW]]}
