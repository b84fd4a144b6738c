"""The end of an import from WordPress: the upload is deleted, and members are notified."""

from django.db import transaction
from django.utils import timezone

from blog.models.audit import AuditEvent
from blog.models.comments import Comment
from blog.models.notifications import Notification, notify
from blog.models.people import User
from blog.models.posts import Post
from blog.models.wordpress_imports import WordPressImport


def end_wordpress_import(wordpress_import: WordPressImport, *, why: str = "") -> WordPressImport:
    """End an import, also one that stopped half-way; ``why`` is a problem.

    A second time changes nothing. Whoever brought it in may not teach the course any more.
    """
    with transaction.atomic():
        stored = wordpress_import.locked()
        if stored.finished_at is not None:
            return stored
        changes = stored.changes
        if why:
            changes.setdefault("problems", []).append(["", why])
        stored.finish(timezone.now())
        AuditEvent.record(
            "wordpress_imported",
            stored,
            by=stored.created_by,
            course=stored.course,
            posts=changes.get("posts", 0),
            comments=changes.get("comments", 0),
        )
        _tell_members(stored)
        transaction.on_commit(wordpress_import.delete_media, robust=True)
        stored.media = ""
        stored.save(update_fields=["media"])
    return stored


def _tell_members(wordpress_import: WordPressImport) -> None:
    """Notify each member once of their imported posts and comments, by the first of them.

    They would say if it is not theirs. Whose things they are was chosen by hand.
    """
    of_it = {"imported__wordpress_import": wordpress_import, "author__isnull": False}
    posts = Post.objects.filter(**of_it).select_related("author", "course")
    comments = Comment.objects.filter(**of_it).select_related("author", "post__course")
    first: dict[User, Post | Comment] = {}
    for written in (posts.order_by("published_at", "pk"), comments.order_by("created_at", "pk")):
        for each in written:
            if each.author is not None:
                first.setdefault(each.author, each)
    event = f"wordpressimport:{wordpress_import.pk}"
    for author, about in first.items():
        notify(
            [author],
            Notification.Kind.IMPORTED,
            about,
            by=wordpress_import.created_by,
            event=event,
        )
