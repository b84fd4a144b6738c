"""Delete what an import from WordPress brought, as long as nobody has worked with it."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from blog.models import (
    AuditEvent,
    Comment,
    Draft,
    ImportedComment,
    ImportedPost,
    ModerationCase,
    Picture,
    Post,
    User,
    WordPressImport,
    Work,
    queue_submission,
    tracking_interactions,
)


class BroughtPosts:
    """The rows of one import. The caller is in a transaction and holds its posts, then its row."""

    def __init__(self, wordpress_import: WordPressImport):
        self.wordpress_import = wordpress_import

    def lock(self) -> None:
        """Lock the posts that the import brought, or brought comments to."""
        comments = Comment.objects.filter(imported__wordpress_import=self.wordpress_import)
        brought = Q(imported__wordpress_import=self.wordpress_import)
        brought |= Q(pk__in=comments.values("post"))
        keys = Post.objects.filter(brought).values("pk")
        posts = Post.objects.filter(pk__in=keys).order_by("pk")
        list(posts.select_for_update(of=("self",), no_key=True).values("pk"))

    def undo(self, *, by: User | None) -> None:
        """Take back what the import brought, and keep what stayed."""
        stored = self.wordpress_import
        stored.changes = self.take_back()
        stored.undone_at = timezone.now()
        stored.save(update_fields=["changes", "undone_at"])
        AuditEvent.record("wordpress_import_undone", stored, by=by, course=stored.course)

    def take_back(self) -> dict[str, Any]:
        """Delete its posts and comments; return how many posts went, and the keys of the others.

        A post stays, with its comments, once it was published again or withdrawn, is being changed,
        is cited, reported or graded, somebody has commented, or another import has brought
        comments.
        """
        posts = Post.objects.filter(imported__wordpress_import=self.wordpress_import)
        found = list(posts.select_related("revision", "course"))
        stayed = [one.pk for one in found if not self._deleted(one)]
        later = ImportedComment.objects.filter(wordpress_import=self.wordpress_import)
        elsewhere = later.exclude(imported_post__wordpress_import=self.wordpress_import)
        posts_of_others = elsewhere.values_list("imported_post__post", flat=True)
        for pk in sorted(set(posts_of_others)):
            _delete_comments(pk, self.wordpress_import)
        return {"stayed": stayed, "deleted": len(found) - len(stayed)}

    def _deleted(self, post: Post) -> bool:
        """Delete a post, unless somebody has done something with it."""
        own = Comment.objects.on(post)
        if (
            post.revision is None
            or post.revision.number != 1
            or not post.is_published
            or post.is_hidden
            or own.exclude(imported__wordpress_import=self.wordpress_import).exists()
            or own.exclude(edited_at=None, deleted_at=None).exists()
            or own.filter(opened_at__isnull=False).exists()
            or Draft.objects.filter(post=post).exists()
            or Work.objects.filter(post=post).exists()
            or ModerationCase.objects.filter(post=post).exists()
            or ModerationCase.objects.filter(comment__post=post).exists()
        ):
            return False
        pictures = list(Picture.objects.filter(post=post))
        try:
            with transaction.atomic():
                queue_submission(post)
                with tracking_interactions(post.course, own):
                    own.update(parent=None)
                    own.delete()
                Picture.objects.filter(post=post).delete()
                ImportedPost.objects.filter(post=post).delete()
                Post.objects.filter(pk=post.pk).update(status=Post.Status.DRAFT, revision=None)
                post.delete()
        except ProtectedError:  # it is graded, or something else rests on it
            return False
        for picture in pictures:
            transaction.on_commit(picture.delete_files, robust=True)
        return True


def _delete_comments(post: int, wordpress_import: WordPressImport) -> None:
    """Delete the comments that came to a post of an earlier import, but for those with replies."""
    found = Post.objects.select_related("course").get(pk=post)
    came = Comment.objects.filter(imported__wordpress_import=wordpress_import)
    of_others = Comment.objects.on(found).exclude(pk__in=came).filter(parent__isnull=False)
    untouched = came.on(found).filter(edited_at=None, deleted_at=None, opened_at=None)
    untouched = untouched.filter(moderation_case=None).exclude(pk__in=of_others.values("parent"))
    keys = list(untouched.values_list("pk", flat=True))
    going = Comment.objects.filter(pk__in=keys)
    with tracking_interactions(found.course, going):
        Comment.objects.filter(parent__in=keys).update(parent=None)
        going.delete()
