"""Imports from WordPress that were started: how far they are, and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from blog.models import Comment, Course, Post, User, WordPressImport

MAX_LISTED = 20
MAX_POSTS_LISTED = 400


@dataclass(frozen=True, slots=True)
class WordPressResult:
    """The result of an import, as far as its reader can see it.

    ``posts`` are those of the import; ``hidden`` counts posts that only their authors see.
    """

    posts: Sequence[Post]
    hidden: int
    stayed: Sequence[Post]
    waiting: int
    problems: Sequence[tuple[str, str]]


def latest_imports(course: Course) -> list[WordPressImport]:
    """Return the latest imports of a course, without the uploads."""
    started = WordPressImport.objects.in_course(course).finished().select_related("created_by")
    return list(started.defer("data", "changes", "answers", "media_paths")[:MAX_LISTED])


def brought_by(post: Post) -> User | None:
    """Return who brought a post from WordPress, None for one that was written here."""
    return User.objects.filter(
        pk__in=WordPressImport.objects.filter(imported_posts__post=post).values("created_by")
    ).first()


def result_of(wordpress_import: WordPressImport, reader: User) -> WordPressResult:
    """Return the result of an import, or of its undo; in a fixed number of queries."""
    course, changes = wordpress_import.course, wordpress_import.changes
    brought = Post.objects.filter(imported__wordpress_import=wordpress_import).not_deleted()
    visible = brought.visible_in(reader, course).for_list()
    posts = list(visible.order_by("published_at", "pk")[:MAX_POSTS_LISTED])
    waiting = Comment.objects.filter(
        imported__wordpress_import=wordpress_import,
        state=Comment.State.WAITING,
        deleted_at=None,
    )
    stayed = set(changes.get("stayed", []))
    return WordPressResult(
        posts=posts,
        hidden=max(brought.count() - len(posts), 0),
        stayed=[post for post in posts if post.pk in stayed],
        waiting=waiting.visible_in(reader, course).count(),
        problems=[(title, words) for title, words in changes.get("problems", [])],
    )
