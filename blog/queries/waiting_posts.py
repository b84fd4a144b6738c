"""Posts that wait for a first comment, and the post to comment on after another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from blog import access
from blog.models import Comment, Course, Post, Prompt, User
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import prepared
from blog.queries.others_posts import by_podmate_of, posts_of_others
from blog.queries.rota import running_rotas

MAX_POSTS_LISTED = 3
PRINTED_OF_NEXT = ("id", "course_id", "author_id", "slug", "title", "published_at")
PRINTED_OF_ITS_AUTHOR = ("id", "username", "display_name", "course_name")


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
    posts = _waiting(posts_of_others(reader, course), reader, course).exclude(pk__in=but)
    if outside_pod:
        posts = posts.filter(is_in_pod=False)
    return posts[:MAX_POSTS_LISTED]


def _waiting(posts: QuerySet, reader: User, course: Course) -> QuerySet:
    """Return those of others' posts, with ``is_in_pod``, that wait, in their order."""
    comments = Comment.objects.open().for_member(reader, course).from_others()
    return (
        posts.exclude(Exists(comments.on(OuterRef("pk"))))
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
    is_known = hasattr(post, "next_waiting")
    row = post.next_waiting if is_known else _row_of_next(reader, post)
    return NextPost(_post_of_row(row, post), is_given=False) if row else None


def _row_of_next(reader: User, post: Post) -> dict | None:
    member = member_key_of(reader, post.course)
    return _next_waiting.first(member.role, post=post.pk, **member.values) if member else None


@prepared(may_miss=MAY_MISS)
def _next_waiting(role: str, post: int, **member: Any) -> QuerySet:
    return next_waiting(*stand_in(role, **member), post)


def next_waiting(reader: User, course: Course, post: int | OuterRef) -> QuerySet:
    """Ask for the post that waits first besides another: what one line prints of it, as JSON.

    So the query of a post can ask it too. It has no comment of the reader's: then it would not
    wait.
    """
    posts = Post.objects.published_for(reader, course).exclude(author=reader).exclude(pk=post)
    waiting = _waiting(posts.annotate(is_in_pod=by_podmate_of(reader, course)), reader, course)
    author = JSONObject(**{name: f"author__{name}" for name in PRINTED_OF_ITS_AUTHOR})
    row = JSONObject(**{name: name for name in PRINTED_OF_NEXT}, is_in_pod="is_in_pod", by=author)
    return waiting.values_list(row, flat=True)[:1]


def _post_of_row(row: dict, beside: Post) -> Post:
    """Return the post that ``next_waiting`` found; what it did not ask for is loaded when asked."""
    published_at = datetime.fromisoformat(row["published_at"])
    if published_at.tzinfo is None:  # as SQLite writes what is always UTC there
        published_at = published_at.replace(tzinfo=UTC)
    post = _loaded(Post, row | {"published_at": published_at}, beside._state.db)
    post.author = _loaded(User, row["by"], beside._state.db)
    post.is_in_pod = bool(row["is_in_pod"])
    return post


def _loaded(model: type[Model], values: dict, using: str | None) -> Any:
    names = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(using, names, [values[name] for name in names])


def _posts_left_by_rotas(reader: User, course: Course) -> list[Post]:
    membership = reader.membership_in(course)
    if membership is None or not membership.is_student:
        return []
    prompts = Prompt.objects.in_course(course).visible_to(reader).exclude(rota=Prompt.Rota.NONE)
    rotas = running_rotas(reader, course, prompts.order_by("comments_due_at", "position", "number"))
    return [post for rota in rotas for post in rota.posts_left]
