"""The posts of a course as a list shows them: filtered, and each with its comments in a word."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from blog import access
from blog.models import Comment, Course, Membership, Pod, Post, Prompt, SeenComments, User
from blog.models.member_keys import MAY_MISS, MemberKey, member_key_of, stand_in
from blog.models.prepared_queries import prepared
from blog.queries.others_posts import podmates_of

MAX_POD_POSTS = 3
MAX_OF_POD = 60
ORDERS = ("newest", "waiting", "rest")
TEN = 10


@dataclass(frozen=True)
class PostCriteria:
    """The filters of a reader; ``without_prompt`` are posts that answer none.

    ``outside_pod`` leaves out the posts of a pod's people, also of those who have left the course.
    """

    words: str = ""
    prompt: Prompt | None = None
    without_prompt: bool = False
    pod: Pod | None = None
    outside_pod: Pod | None = None
    not_commented: bool = False

    @property
    def is_combined(self) -> bool:
        """Return whether there is more than one filter."""
        prompts, pods = self.prompt or self.without_prompt, self.pod or self.outside_pod
        return sum(map(bool, (self.words, prompts, pods, self.not_commented))) > 1


class PreparedKeys:
    """The keys of all posts that a reader sees, in one of the ``_orders``; sliced and counted.

    They are asked for in tens: where a part begins and ends is in the SQL, of which few are kept.
    """

    def __init__(self, order: str, member: MemberKey, podmates: Iterable[int]):
        self._order, self._member, self._podmates = order, member, tuple(sorted(podmates))

    def __getitem__(self, part: slice) -> list[int]:
        start = part.start or 0
        if part.stop <= start:
            return []
        first, last = start // TEN * TEN, -(-part.stop // TEN) * TEN
        return self._rows((first, last))[start - first : part.stop - first]

    def count(self) -> int:
        return sum(self._rows(None))

    def _rows(self, part: tuple[int, int] | None) -> list[int]:
        mates = {"podmates": self._podmates} if self._podmates else {}
        shape = self._member.role, self._order, part
        return _keys_in_order.rows(shape, **mates, **self._member.values)


@prepared(may_miss=["podmates", *MAY_MISS])
def _keys_in_order(
    shape: tuple[str, str, tuple[int, int] | None], podmates: tuple = (), **member: Any
) -> QuerySet:
    """Ask for a part of the keys, or without one for how many there are."""
    role, order, part = shape
    reader, course = stand_in(role, **member)
    keys = Post.objects.published_for(reader, course).values_list("pk", flat=True)
    ordered = _orders(keys, reader, course, podmates)[order]
    if part:
        return ordered[slice(*part)]
    counted = ordered.order_by().values("course").annotate(posts=Count("pk"))
    return counted.values_list("posts", flat=True)


class ListedKeys:
    """The keys of a list in two parts, the posts that wait for a first comment and the rest.

    Sliced and counted as a QuerySet is. Apart, since whether a post waits is then asked of each
    once, and of the rest only until a page is full. Later pages ask how many wait, and for their
    keys only if there are so many.
    """

    def __init__(self, everything: Any, waiting: Any, rest: Any):
        self._everything, self._waiting, self._rest = everything, waiting, rest

    def __getitem__(self, part: slice) -> list[int]:
        start = part.start or 0
        waiting = self._waiting.count() if start else 0
        keys = list(self._waiting[part]) if start < waiting or not start else []
        missing = part.stop - start - len(keys)
        if missing:
            first = 0 if keys else start - waiting
            keys += self._rest[first : first + missing]
        return keys

    def count(self) -> int:
        return self._everything.count()


def listed_keys(reader: User, course: Course, criteria: PostCriteria) -> Any:
    """Return the keys of the posts that a reader sees and asks for; ``posts_for_list`` reads them.

    Those that wait for a first comment, which this reader can write, come first: those that the
    teaching team puts first, those of one's pod, then the others, each the oldest first. The newest
    of the rest follow.
    """
    podmates, member = podmates_of(reader, course), member_key_of(reader, course)
    if criteria == PostCriteria() and member:
        keys: Any = {order: PreparedKeys(order, member, podmates) for order in ORDERS}
    else:
        found = _posts_asked_for(reader, course, criteria).values_list("pk", flat=True)
        keys = _orders(found, reader, course, podmates)
    if not access.can_comment_in(reader, course):
        return keys["newest"]
    return ListedKeys(keys["newest"], keys["waiting"], keys["rest"])


def _orders(
    keys: QuerySet, reader: User, course: Course, podmates: Collection[int]
) -> dict[str, QuerySet]:
    """Return the keys of posts: all of them, and in the two parts of a list."""
    comments = Comment.objects.open().for_member(reader, course).on(OuterRef("pk"))
    waits_not = Q(author=reader) | Q(Exists(comments.from_others()))
    rank = Case(
        When(put_first_at__isnull=False, then=Value(0)),
        *([When(author__in=podmates, then=Value(1))] if podmates else []),
        default=Value(2),
    )
    return {
        "newest": keys.order_by("-published_at", "-pk"),
        "waiting": keys.exclude(waits_not).order_by(rank, "published_at", "-pk"),
        "rest": keys.filter(waits_not).order_by("-published_at", "-pk"),
    }


def _posts_asked_for(reader: User, course: Course, criteria: PostCriteria) -> QuerySet[Post]:
    posts = Post.objects.published_for(reader, course)
    for word in criteria.words.split():
        posts = posts.filter(Q(revision__title__icontains=word) | Q(revision__text__icontains=word))
    if criteria.prompt:
        posts = posts.answering(criteria.prompt)
    elif criteria.without_prompt:
        posts = posts.filter(prompt=None)
    if criteria.pod:
        posts = posts.filter(author__in=_people_of(criteria.pod))
    if criteria.outside_pod:
        people = Membership.objects.filter(pod=criteria.outside_pod)
        posts = posts.exclude(author__in=people.values("user"))
    if criteria.not_commented:
        own = Comment.objects.open().by(reader).on(OuterRef("pk"))
        posts = posts.exclude(Exists(own)).exclude(author=reader)
    return posts


class CommentState(NamedTuple):
    """The facts about the open comments on a post that a reader sees.

    ``arrival`` is when the last one arrived that the reader did not write.
    """

    from_others: bool = False
    own_day: date | None = None
    last_day: date | None = None
    arrival: datetime | None = None


NO_COMMENTS = CommentState()


def posts_for_list(
    keys: Iterable[int],
    reader: User,
    course: Course,
    *,
    states: Mapping[int, CommentState] | None = None,
    with_pods: bool = True,
) -> dict[int, Post]:
    """Return by key posts that their reader sees, each with what an entry says of it.

    ``is_answered``: somebody else has commented; ``commented_on``: the day of the reader's last
    comment; ``last_comment_on``: the day of anybody's; ``has_new_comments``: since the reader's
    last visit to the post; ``author_pod``: the pod's name. Four queries, or three without pods, or
    if the ``states`` of comments are known.
    """
    wanted = tuple(keys)
    posts = {post.pk: post for post in (_listed.rows(None, keys=wanted) if wanted else [])}
    if not posts:
        return {}
    if states is None:
        states = _comment_states(reader, course, posts)
    visits = dict(_visits.rows(None, reader=reader.pk, posts=tuple(posts)))
    pods = _pods_of(course, {post.author_id for post in posts.values()}) if with_pods else {}
    for post in posts.values():
        state = states.get(post.pk, NO_COMMENTS)
        post.is_answered = state.from_others
        post.commented_on, post.last_comment_on = state.own_day, state.last_day
        seen_at = visits.get(post.pk)
        post.has_new_comments = bool(seen_at and state.arrival and state.arrival > seen_at)
        post.author_pod = pods.get(post.author_id)
    return posts


@prepared
def _listed(_shape: None, keys: tuple) -> QuerySet:
    return Post.objects.for_list().order_by().filter(pk__in=keys)


@prepared
def _visits(_shape: None, reader: int, posts: tuple) -> QuerySet:
    return SeenComments.objects.filter(user=reader, post__in=posts).values_list("post", "seen_at")


def _comment_states(reader: User, course: Course, posts: Iterable[int]) -> dict[int, CommentState]:
    """Return the state of each post with open comments, by keys of posts that the reader sees."""
    keys, member = tuple(posts), member_key_of(reader, course)
    if not keys or member is None:
        rows = list(_states(reader, course, keys))
    else:
        rows = _states_for.rows(member.role, posts=keys, **member.values)
    return {post: CommentState(bool(others), *rest) for post, others, *rest in rows}


@prepared(may_miss=MAY_MISS)
def _states_for(role: str, posts: tuple, **member: Any) -> QuerySet:
    return _states(*stand_in(role, **member), posts)


def _states(reader: User, course: Course, posts: tuple) -> QuerySet:
    by_reader = Q(author=reader)
    return (
        Comment.objects.open()
        .for_member(reader, course)
        .filter(post__in=posts)
        .order_by()
        .values_list("post")
        .annotate(
            from_others=Count("pk", filter=~Q(author=F("post__author"))),
            own_day=Max("day", filter=by_reader),
            last_day=Max("day"),
            arrival=Max(Coalesce("opened_at", "created_at"), filter=~by_reader),
        )
    )


def pods_to_choose(course: Course) -> list[Pod]:
    """Return the pods of a course by name, with or without members."""
    return _all_pods.rows(None, course=course.pk)


@prepared
def _all_pods(_shape: None, course: int) -> QuerySet:
    return Pod.objects.filter(course=course)


def _pods_of(course: Course, authors: Iterable[int]) -> dict[int, str]:
    return dict(_pods.rows(None, course=course.pk, authors=tuple(authors)))


@prepared
def _pods(_shape: None, course: int, authors: tuple) -> QuerySet:
    members = Membership.objects.filter(course=course, user__in=authors, pod__isnull=False)
    return members.values_list("user", "pod__name")


def posts_and_pod(keys: list[int], reader: User, course: Course) -> tuple[list[Post], list[Post]]:
    """Return the posts of a page of the list, and the first of the list by the reader's pod."""
    of_pod = _posts_of_pod(reader, course)
    states = _comment_states(reader, course, {*keys, *(post.pk for post in of_pod)})
    first = _first_of_pod(of_pod, states, may_wait=access.can_comment_in(reader, course))
    posts = posts_for_list([*keys, *first], reader, course, states=states)
    return [posts[key] for key in keys if key in posts], [
        posts[key] for key in first if key in posts
    ]


class PodPost(NamedTuple):
    """The sort keys of a pod's post in the list."""

    pk: int
    published_at: datetime
    put_first_at: datetime | None


def _posts_of_pod(reader: User, course: Course) -> list[PodPost]:
    """Return the newest posts by the others of the reader's pod."""
    others, member = podmates_of(reader, course) - {reader.pk}, member_key_of(reader, course)
    if not others or member is None:
        return []
    rows = _newest_of_pod.rows(member.role, others=tuple(others), **member.values)
    return [PodPost(*row) for row in rows]


@prepared(may_miss=MAY_MISS)
def _newest_of_pod(role: str, others: tuple, **member: Any) -> QuerySet:
    posts = Post.objects.published_for(*stand_in(role, **member)).filter(author__in=others)
    rows = posts.order_by("-published_at", "-pk").values_list(*PodPost._fields)
    return rows[:MAX_OF_POD]


def _first_of_pod(
    newest_first: list[PodPost], states: Mapping[int, CommentState], *, may_wait: bool
) -> list[int]:
    """Return the keys of those that the list would have first, in its order."""

    def waits(post: PodPost) -> bool:
        return may_wait and not states.get(post.pk, NO_COMMENTS).from_others

    waiting = sorted(
        filter(waits, newest_first),
        key=lambda post: (post.put_first_at is None, post.published_at, -post.pk),
    )
    rest = [post for post in newest_first if not waits(post)]
    return [post.pk for post in [*waiting, *rest][:MAX_POD_POSTS]]


def _people_of(pod: Pod) -> QuerySet:
    return Membership.objects.active().filter(pod=pod).values("user")
