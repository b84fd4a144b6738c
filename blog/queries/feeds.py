"""Contents of feeds: the newest posts of a course or a person, the newest comments on a post."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from blog.models import Comment, Course, Post, User
from blog.queries.passages import text_with_passages

# A feed ends: a program that asks once a day misses nothing, and one request stays small.
MAX_POSTS = 30
MAX_COMMENTS = 100


def newest_posts(reader: User, course: Course, *, author: User | None = None) -> list[Post]:
    """Return the newest published posts that the reader can see, in one query.

    Each has ``last_comment_at``, when the last comment arrived that the reader can see.
    """
    posts = Post.objects.published_for(reader, course)
    if author is not None:
        posts = posts.by(author)
    comments = Comment.objects.visible_to(reader).open().on(OuterRef("pk")).with_arrival()
    last = comments.order_by("-arrival").values("arrival")[:1]
    posts = posts.for_page().annotate(last_comment_at=Subquery(last))
    return list(posts.order_by("-published_at", "-pk")[:MAX_POSTS])


def newest_comments(reader: User, post: Post) -> list[Comment]:
    """Return the newest comments on a post that the reader can see, in one query.

    Each has ``shows_parent``: whether it replies to a comment that the reader can see too; and
    ``shown_passage``, what the reader sees of the passage that it is on.
    """
    comments = _newest(post.comments.visible_to(reader).open())
    text_with_passages(post, comments, reader)
    return comments


def newest_public_comments(reader, post: Post) -> list[Comment]:
    """Return those that stand on the public page of a post, whoever asks; also in one query."""
    comments = _newest(post.comments.visible_to(reader).open().on_public_page())
    text_with_passages(post, comments, reader)
    return comments


def _newest(comments: QuerySet[Comment]) -> list[Comment]:
    shown = comments.filter(pk=OuterRef("parent"))
    threads = comments.for_thread().with_arrival()  # type: ignore[attr-defined]
    newest = threads.select_related("parent").order_by("-arrival", "-pk")
    return list(newest.annotate(shows_parent=Exists(shown))[:MAX_COMMENTS])
