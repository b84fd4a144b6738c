"""The posts of a student's week, each with its reason as it is true now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from blog.models import Comment, Course, Post, Reference, User, Work
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.posts import LISTED_FIELDS
from blog.models.prepared_queries import prepared
from blog.queries.in_bulk import people_by_key
from network.discovery import Pick, Reason
from network.models import NetworkChoices, WeeklyChoice
from network.queries.suggestion_choices import suggestion_choices
from network.queries.week_choice import MAX_AGE_DAYS, choose_week, week_of


@dataclass(frozen=True)
class OfferedPost:
    """A post from outside the reader's usual reading, and the one reason for it.

    ``work`` and ``own_work`` or ``peer`` are what the reason names; ``paragraph`` is where the post
    cites ``work``.
    """

    post: Post
    reason: Reason
    work: Work | None = None
    own_work: Work | None = None
    peer: User | None = None
    paragraph: int | None = None


@dataclass(frozen=True)
class Offer:
    """A student's week: the posts, or that it is off; and what they want no suggestions of.

    ``left_posts`` are those put aside that could still be offered.
    """

    posts: list[OfferedPost]
    left_works: list[Work]
    left_posts: list[Post]
    is_off: bool = False


def offer_of(reader: User, course: Course) -> Offer:
    """Return a student's suggestions of this week; none if they want none.

    What was chosen as the week began stays, but for what the reader can no longer see, has put
    aside, or is not true any more. Nothing takes its place.
    """
    choices = suggestion_choices(reader, course)
    if not choices.wants_suggestions:
        return Offer([], [], [], is_off=True)
    own = NetworkChoices(pk=choices.own) if choices.own else None
    left_works = list(own.left_works.order_by("label")) if own else []
    left_posts = _left_posts(own, reader, course) if own else {}
    picks = [pick for pick in picks_of(reader, course) if pick.post not in left_posts]
    offered = [
        one
        for one in _offered(reader, course, picks, {work.pk for work in left_works})
        if one.post.author_id not in choices.not_to_suggest
    ]
    return Offer(offered, left_works, [*left_posts.values()])


def _left_posts(choices: NetworkChoices, reader: User, course: Course) -> dict[int, Post]:
    """Return by their keys the posts that a student put aside, the newest first.

    None that was too old already as the week that they are offered began: of a course that is over,
    its last one.
    """
    begins = datetime.combine(week_of(course), time.min, tzinfo=course.zone)
    since = begins - timedelta(days=MAX_AGE_DAYS)
    posts = choices.left_posts.published_for(reader, course).filter(published_at__gte=since)
    return {post.pk: post for post in posts.only("slug", "title").order_by("-published_at", "-pk")}


def picks_of(reader: User, course: Course) -> list[Pick]:
    """Return the chosen posts for this week, or the ones to choose if none is stored yet."""
    monday = week_of(course)
    stored = _stored_choice.first(None, course=course.pk, student=reader.pk, week=monday)
    if stored is None:
        return choose_week(reader, course, monday)
    return [Pick(post, Reason(reason), *rest) for post, reason, *rest in stored.picks]


@prepared
def _stored_choice(_shape: None, course: int, student: int, week: date) -> QuerySet:
    return WeeklyChoice.objects.filter(course=course, student=student, week=week)[:1]


def _offered(
    reader: User, course: Course, picks: list[Pick], left_works: set[int]
) -> list[OfferedPost]:
    keys, member = tuple(pick.post for pick in picks), member_key_of(reader, course)
    if not keys or member is None:
        return []
    posts = {post.pk: post for post in _visible_for.rows(member.role, keys=keys, **member.values)}
    named = {key for pick in picks for key in (pick.work, pick.own_work) if key}
    works = {work.pk: work for work in _labelled.rows(None, keys=tuple(named))} if named else {}
    people = people_by_key(pick.peer for pick in picks)
    truth = Truth(reader, course, picks)
    return [
        OfferedPost(
            posts[pick.post],
            pick.reason,
            works.get(pick.work or 0),
            works.get(pick.own_work or 0),
            people.get(pick.peer or 0),
            _paragraph(posts[pick.post], pick.work),
        )
        for pick in picks
        if pick.post in posts and pick.work not in left_works and truth.of(pick, posts[pick.post])
    ]


@prepared(may_miss=MAY_MISS)
def _visible_for(role: str, keys: tuple, **member: Any) -> QuerySet:
    visible = Post.objects.published_for(*stand_in(role, **member))
    return _with_text(visible.filter(pk__in=keys))


def _with_text(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Return posts with what a list prints, and where their versions cite which work."""
    return posts.for_list().order_by().only(*LISTED_FIELDS, "revision__references")  # type: ignore


def _paragraph(post: Post, work: int | None) -> int | None:
    """Return the first paragraph in which a post cites a work, if its snapshot tells."""
    entries = post.revision.references if post.revision else []
    cited_in: list = next((entry["cited_in"] for entry in entries if entry["work"] == work), [])
    return min((place for place in cited_in if isinstance(place, int)), default=None)


@prepared
def _labelled(_shape: None, keys: tuple) -> QuerySet:
    return Work.objects.filter(pk__in=keys).only("label")


@prepared
def _cited_by(_shape: None, author: int, course: int, posts: tuple, works: tuple) -> QuerySet:
    """Ask which of some works these posts cite, and an author's own, with the post's author."""
    own = Post.objects.in_course(course).published().by(author)
    cited = Reference.objects.filter(Q(post__in=posts) | Q(post__in=own.values("pk")), cited=True)
    rows = cited.with_canonical_work().filter(canonical_work__in=works)
    return rows.order_by().values_list("post", "post__author", "canonical_work")


class Truth:
    """The truth now of the reasons of some picks, which are no posts of the reader's.

    In at most two queries.
    """

    def __init__(self, reader: User, course: Course, picks: list[Pick]):
        self._me = reader.pk
        works = {key for pick in picks for key in (pick.work, pick.own_work) if key}
        values = {"author": reader.pk, "course": course.pk, "works": tuple(works)}
        posts = tuple(pick.post for pick in picks)
        rows = _cited_by.rows(None, posts=posts, **values) if works else []
        self._cited = {(post, work) for post, _author, work in rows}
        self._own = {work for _post, author, work in rows if author == reader.pk}
        peers = {pick.peer for pick in picks if pick.peer}
        self._pairs = self._pairs_with(reader, course, peers) if peers else set()

    def of(self, pick: Pick, post: Post) -> bool:
        if pick.reason is Reason.WORK:
            return (pick.post, pick.work) in self._cited and pick.work in self._own
        if pick.reason is Reason.CITED_TOGETHER:
            return (pick.post, pick.work) in self._cited and pick.own_work in self._own
        if pick.reason is Reason.PEER:
            both = {(person, pick.peer) for person in (self._me, post.author_id)}
            return both <= self._pairs
        return True

    def _pairs_with(self, reader: User, course: Course, peers: set[int]) -> set[tuple[int, int]]:
        comments = Comment.objects.counting().visible_in(reader, course)
        between = comments.filter(Q(author__in=peers) | Q(addressee__in=peers))
        rows = set(between.order_by().values_list("author", "addressee").distinct())
        return rows | {(addressee, author) for author, addressee in rows}
