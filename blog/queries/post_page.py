"""Facts that spare the page of a post its queries, learned in the query that reads the post.

Most posts are cited by none, and have no note on how they came about and no draft beside them;
most courses have no rota that runs. To find that out took a query each.
"""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, DateTimeField, OuterRef, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from blog import access
from blog.models import Comment, Course, Post, User
from blog.models.comments import CommentQuerySet
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.people import UNPRINTED_FIELDS
from blog.models.posts import PostQuerySet
from blog.models.prepared_queries import prepared
from blog.models.prompt_dates import ONE_MINUTE
from blog.queries.waiting_posts import next_waiting

# Written as SQL because Django takes longer to write it than a database to answer it. What of it a
# reader sees is decided where it is asked for: nothing of this is printed.
SIGNS = {
    "is_cited": """
        EXISTS(SELECT 1 FROM blog_work WHERE blog_work.post_id = blog_post.id)
        OR EXISTS(SELECT 1 FROM blog_postlink WHERE blog_postlink.linked_id = blog_post.id)
    """,
    "has_process": """
        EXISTS(SELECT 1 FROM blog_processnote WHERE blog_processnote.post_id = blog_post.id)
        OR EXISTS(SELECT 1 FROM blog_helpstatement WHERE blog_helpstatement.post_id = blog_post.id)
    """,
    "has_drafts": """
        EXISTS(SELECT 1 FROM blog_draft
            WHERE blog_draft.post_id = blog_post.id AND blog_draft.user_id = %s)
    """,
    "has_rota": """
        EXISTS(SELECT 1 FROM blog_prompt AS with_rota
            WHERE with_rota.course_id = blog_post.course_id AND with_rota.rota <> ''
                AND with_rota.comments_due_at >= %s)
    """,
    "is_author_here": """
        EXISTS(SELECT 1 FROM blog_membership
            WHERE blog_membership.course_id = blog_post.course_id
                AND blog_membership.user_id = blog_post.author_id
                AND blog_membership.ended_at IS NULL)
    """,
    "is_brought": """
        EXISTS(SELECT 1 FROM blog_importedpost WHERE blog_importedpost.post_id = blog_post.id)
    """,
    "last_visit": """
        SELECT seen_at FROM blog_seencomments
        WHERE blog_seencomments.post_id = blog_post.id AND blog_seencomments.user_id = %s
    """,
}
ON_POST = Comment._meta.get_field("post")
UNUSED = (
    "left_open",
    "prompt__question",
    "prompt__question_html",
    *(f"author__{name}" for name in UNPRINTED_FIELDS),
)


def post_of_page(reader: User, course: Course, slug: str) -> Post | None:
    """Return a post that a member sees, with all that its page prints for them, or None.

    ``next_waiting`` is the post to comment on after it, for who can comment (``waiting_posts``).
    """
    member = member_key_of(reader, course)
    if member is None:
        return None
    shape = (member.role, access.can_comment_in(reader, course))
    post = _post_of_page.first(shape, slug=slug, closed_by=_closed_by(), **member.values)
    if post is not None:
        post.course = course
        post.seen_by = reader.pk
    return post


@prepared(may_miss=MAY_MISS)
def _post_of_page(
    shape: tuple[str, bool], slug: str, closed_by: datetime, **member: Any
) -> PostQuerySet:
    role, is_led_on = shape
    reader, course = stand_in(role, **member)
    posts = Post.objects.visible_in(reader, course).filter(slug=slug)
    if is_led_on:
        waiting = next_waiting(reader, course, OuterRef("pk"))
        posts = posts.annotate(next_waiting=Subquery(waiting))
    return for_post_page(posts, reader, closed_by)[:1]


@prepared(may_miss=MAY_MISS)
def _post_to_act_on(role: str, slug: str, **member: Any) -> PostQuerySet:
    return Post.objects.visible_in(*stand_in(role, **member)).filter(slug=slug).for_page()[:1]


def post_by_address(
    reader: User, course: Course, slug: str, *, to_save: bool = False
) -> Post | None:
    """Return a post that a member sees, as ``for_page`` has it, or what saving its draft needs."""
    member = member_key_of(reader, course)
    if member is None:
        return None
    posts = _post_to_save if to_save else _post_to_act_on
    post = posts.first(member.role, slug=slug, **member.values)
    if post is not None:
        post.seen_by = reader.pk
    return post


@prepared(may_miss=MAY_MISS)
def _post_to_save(role: str, slug: str, **member: Any) -> PostQuerySet:
    posts = Post.objects.visible_in(*stand_in(role, **member)).filter(slug=slug)
    with_parts = posts.select_related("prompt", "revision")
    return with_parts.defer("revision__html", "revision__paragraphs")[:1]


def thread_of_page(reader: User, post: Post) -> list[Comment]:
    """Return the comments on a post that a member sees, with all that its page prints of them."""
    member = member_key_of(reader, post.course)
    if member is None:
        return []
    comments = _thread_of_page.rows(member.role, post=post.pk, **member.values)
    for comment in comments:
        ON_POST.set_cached_value(comment, post)  # as ``comment.post = post``, of which it asks much
    return comments


@prepared(may_miss=("reader", *MAY_MISS))
def _thread_of_page(role: str, post: int, **member: Any) -> CommentQuerySet:
    reader, course = stand_in(role, **member)
    return Comment.objects.filter(post=post).for_member(reader, course).for_thread().with_use()


def for_post_page(
    posts: PostQuerySet, reader: User, closed_by: datetime | None = None
) -> PostQuerySet:
    """Return posts with all that the page of one prints for its reader, but for their course.

    ``is_cited``, ``has_process``, ``has_drafts``, ``has_rota`` and ``is_brought`` say where it is
    worth asking ``citing_posts``, ``process_of``, ``drafts_at``, ``running_rotas`` and
    ``brought_by``. ``last_visit`` is the reader's to the comments, and ``is_author_here`` whether
    the author is a member now.
    """
    values: dict[str, list[Any]] = {
        "has_drafts": [reader.pk],
        "has_rota": [closed_by or _closed_by()],
        "last_visit": [reader.pk],
    }
    signs = {
        name: RawSQL(
            sql, values.get(name, []), DateTimeField() if name == "last_visit" else BooleanField()
        )
        for name, sql in SIGNS.items()
    }
    with_parts = posts.select_related("author", "revision", "prompt", "pod").defer(*UNUSED)
    return with_parts.with_extensions().annotate(**signs)


def _closed_by() -> datetime:
    """Return the latest due date whose minute is over now."""
    return timezone.now() - ONE_MINUTE
