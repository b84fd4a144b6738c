"""Posts that wait for a first comment, and the post to comment on after another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog import access
from blog.models import Comment, Course, Post, Prompt, User
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared import prepared
from blog.queries.others_posts import by_podmate_of, posts_of_others
from blog.queries.rota import running_rotas

MAX_POSTS_LISTED = 3
PRINTED_OF_NEXT = (
    "course",
    "slug",
    "title",
    "published_at",
    "author__username",
    "author__display_name",
    "author__course_name",
)


@dataclass(frozen=True)
class NextPost:
    """The post to comment on after another: one that a rota gave the reader, or one that waits."""

    post: Post
    is_given: bool


def posts_without_comments(
    reader: User, course: Course, *, but: Iterable[Post] = (), outside_pod: bool = False
) -> list[Post]:
    """Return the posts of others that have waited longest for a first comment, one's pod first.

    Before all of them come those that the teaching team puts first, until each has a comment.
    None wait for a reader who cannot comment. ``but`` are those that the page lists already; with
    ``outside_pod`` those of one's pod are left out too.
    """
    if not access.can_comment_in(reader, course):
        return []
    member, listed = member_key_of(reader, course), tuple(post.pk for post in but)
    if member is None:
        return []
    values = member.values | ({"but": listed} if listed else {})
    found = _first_waiting.rows((member.role, outside_pod), **values)
    for post in found:
        post.is_commented = False  # by the reader: such a post does not wait
    return found


@prepared(may_miss=MAY_MISS)
def _first_waiting(shape: tuple[str, bool], but: tuple = (), **member: Any) -> QuerySet:
    role, outside_pod = shape
    reader, course = stand_in(role, **member)
    listed = [Post(pk=key) for key in but]
    posts = _waiting(posts_of_others(reader, course), reader, course, listed)
    if outside_pod:
        posts = posts.filter(is_in_pod=False)
    return posts[:MAX_POSTS_LISTED]


def _waiting(posts: QuerySet, reader: User, course: Course, but: Iterable[Post]) -> QuerySet:
    """Return those of others' posts, with ``is_in_pod``, that wait, in their order."""
    comments = Comment.objects.open().for_member(reader, course).from_others()
    return (
        posts.exclude(Exists(comments.on(OuterRef("pk"))))
        .exclude(pk__in=[post.pk for post in but])
        .annotate(is_put_first=Q(put_first_at__isnull=False))
        .order_by("-is_put_first", "-is_in_pod", "published_at", "pk")
    )


def next_post_to_comment_on(reader: User, post: Post) -> NextPost | None:
    """Return the post that the end of a post leads to: one of a rota's, else one that waits."""
    left = _posts_left_by_rotas(reader, post.course) if post.has_rota else []
    given = [one for one in left if one != post]
    if given:
        return NextPost(given[0], is_given=True)
    if not access.can_comment_in(reader, post.course):
        return None
    member = member_key_of(reader, post.course)
    found = _next_waiting.first(member.role, post=post.pk, **member.values) if member else None
    return NextPost(found, is_given=False) if found else None


@prepared(may_miss=MAY_MISS)
def _next_waiting(role: str, post: int, **member: Any) -> QuerySet:
    """Ask for the first that waits. One line is printed of it, and it has no comment of theirs."""
    reader, course = stand_in(role, **member)
    posts = Post.objects.published_for(reader, course).exclude(author=reader)
    posts = posts.annotate(is_in_pod=by_podmate_of(reader, course))
    waiting = _waiting(posts, reader, course, [Post(pk=post)]).select_related("author")
    return waiting.only(*PRINTED_OF_NEXT)[:1]


def _posts_left_by_rotas(reader: User, course: Course) -> list[Post]:
    membership = reader.membership_in(course)
    if membership is None or not membership.is_student:
        return []
    prompts = Prompt.objects.in_course(course).visible_to(reader).exclude(rota=Prompt.Rota.NONE)
    rotas = running_rotas(reader, course, prompts.order_by("comments_due_at", "position", "number"))
    return [post for rota in rotas for post in rota.posts_left]
