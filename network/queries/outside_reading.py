"""Posts from outside a student's usual reading, each with the reason why it is offered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from blog.models import Comment, Course, Membership, Post, Reference, User, Work
from network.layout import stable_order
from network.queries.discover import PersonToMeet, people_to_meet
from network.queries.suggestion_choices import suggestion_choices
from network.ties import tie_date, ties_of

MAX_POSTS = 5


@dataclass(frozen=True)
class OutsidePost:
    """A post by somebody the reader has not met: with a work both cite, or a peer both write to.

    With neither, its author is just in another pod.
    """

    post: Post
    work: Work | None = None
    peer: User | None = None


def outside_reading(reader: User, course: Course) -> list[OutsidePost]:
    """Return up to five posts by students of other pods whom the reader has no tie to.

    Reasons first, then chance: the same all week, another one next week.
    """
    choices = suggestion_choices(reader, course)
    if not choices.wants_suggestions:
        return []
    met = {tie.peer.pk for tie in ties_of(reader, course)} | _podmates(reader, course)
    met |= choices.not_to_suggest
    reasons = people_to_meet(reader, course, met=met, limit=MAX_POSTS)
    posts = _posts_by_author(reader, course, but=met)
    found = [
        OutsidePost(_chosen(posts.pop(one.person.pk), one), one.work, one.peer)
        for one in reasons
        if one.person.pk in posts
    ]
    week = tie_date(course).isocalendar()
    others = stable_order(posts, f"{reader.pk}:{week.year}:{week.week}")
    found += [OutsidePost(posts[author][0]) for author in others]
    return found[:MAX_POSTS]


def _podmates(reader: User, course: Course) -> set[int]:
    membership = reader.membership_in(course)
    if membership is None or membership.pod_id is None:
        return set()
    members = Membership.objects.in_course(course).active().filter(pod=membership.pod_id)
    return set(members.values_list("user_id", flat=True))


def _posts_by_author(reader: User, course: Course, *, but: Iterable[int]) -> dict[int, list[Post]]:
    """Return the posts of other students that the reader has not commented on, newest first."""
    students = Membership.objects.in_course(course).active().students()
    comments = Comment.objects.by(reader).on(OuterRef("pk"))
    cited = Prefetch("references", Reference.objects.filter(cited=True), to_attr="cited")
    posts = (
        Post.objects.in_course(course)
        .published()
        .visible_to(reader)
        .filter(author__in=students.values("user"))
        .exclude(author=reader)
        .exclude(author__in=but)
        .exclude(Exists(comments))
        .for_list()
        .prefetch_related(cited)
    )
    by_author: dict[int, list[Post]] = {}
    for post in posts:
        by_author.setdefault(post.author_id, []).append(post)
    return by_author


def _chosen(posts: list[Post], reason: PersonToMeet) -> Post:
    """Return the post that shows the reason, if one does, else the newest."""
    work = reason.work and reason.work.pk
    showing = (post for post in posts if any(one.work_id == work for one in post.cited))
    return next(showing, posts[0])
