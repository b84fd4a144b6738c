"""Imports of blogs from WordPress: the uploads, and the posts and comments from them."""

from datetime import datetime, timedelta
from functools import cached_property

from django.core.files import File
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.comments import Comment
from blog.models.courses import Course
from blog.models.posts import Post
from blog.models.private_files import restrict_file, unguessable_zip
from blog.models.uploads import Import, ImportQuerySet
from blog.models.versions import claim_row
from blog.wordpress import Export

FOLDER = "wordpress-imports"
# So long whoever brings posts in may be silent before another takes over.
SILENT_FOR = timedelta(minutes=10)


def media_path(wordpress_import: "WordPressImport", name: str) -> str:
    """Return where a new one is stored; migrations name this function."""
    return unguessable_zip(FOLDER)


class WordPressImportQuerySet(ImportQuerySet):
    def under_way(self):
        """Return those that are being imported, or wait for it."""
        return self.filter(started_at__isnull=False, finished_at=None)

    def due(self):
        """Return those that somebody has to go on with now, the oldest first."""
        return self.under_way().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


class WordPressImport(Import):
    """Files of a blog: read first, its people matched by hand, and imported at a word.

    ``data`` is what was read of them (``blog.wordpress.Export``), never the files themselves, and
    ``media`` a zip of its pictures; both go once the posts are there. ``answers`` are what somebody
    chose, ``suggested`` whose email an account of the blog has. ``done`` of ``total`` posts are
    through; ``changes`` tells what did not come as it was. ``due_at`` moves ahead while somebody
    goes on with it, so that nobody else does.
    """

    DONE_AT = "started_at"

    course = models.ForeignKey(Course, models.CASCADE, related_name="wordpress_imports")
    media = models.FileField(upload_to=media_path, blank=True, default="", max_length=100)
    media_paths = models.JSONField(default=list)
    suggested = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField(_("started"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = WordPressImportQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("import from WordPress")
        verbose_name_plural = _("imports from WordPress")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(started_at__isnull=False),
                name="finished_wordpress_imports_were_started",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(finished_at__isnull=False),
                name="only_finished_wordpress_imports_are_undone",
            ),
        ]

    def __str__(self):
        return self.name or str(_("A blog"))

    @cached_property
    def export(self) -> Export:
        """Return the parsed files; an empty export once it is imported."""
        return Export.unpack(bytes(self.data)) if self.data else Export()

    @property
    def can_be_undone(self) -> bool:
        return self.finished_at is not None and self.undone_at is None

    @property
    def is_under_way(self) -> bool:
        return self.started_at is not None and self.finished_at is None

    def claim(self) -> bool:
        """Take it for a while, unless somebody else has it; counts an attempt."""
        due_at, attempts = timezone.now() + SILENT_FOR, self.attempts + 1
        if not claim_row(self, "due_at", "attempts", due_at=due_at, attempts=attempts):
            return False
        self.due_at, self.attempts = due_at, attempts
        return True

    def locked(self) -> "WordPressImport":
        """Lock its row, and return it as the query after that reads it."""
        rows = WordPressImport.objects.filter(pk=self.pk)
        rows.select_for_update(of=("self",), no_key=True).values("pk").get()
        return rows.select_related("course", "created_by").get()

    def give_back(self, due_at: datetime) -> None:
        """Let somebody else go on from then, where whoever had claimed it could not."""
        WordPressImport.objects.under_way().filter(pk=self.pk).update(due_at=due_at)

    @classmethod
    def write_media(cls, file: File) -> str:
        """Store a zip of pictures and return its name; no row has it yet.

        Outside any transaction, which must not wait for a disk.
        """
        media = cls().media
        media.save("", file, save=False)
        restrict_file(media)
        return str(media)

    @classmethod
    def delete_unused_media(cls, name: str) -> None:
        """Delete a stored zip that no row names."""
        if not cls.objects.filter(media=name).exists():
            cls().media.storage.delete(name)

    def delete_media(self) -> None:
        """Delete the zip; the row names it no more."""
        if self.media:
            self.media.delete(save=False)

    def finish(self, at: datetime) -> None:
        """End it, and forget the uploaded files."""
        self.finished_at, self.due_at, self.data, self.media_paths = at, None, b"", []
        self.answers, self.suggested = {}, {}
        self.save()


class ImportedPost(models.Model):
    """The source of a post, so that it is imported once into a course.

    ``key`` is a digest of its name in WordPress, from which that cannot be read.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    post = models.OneToOneField(Post, models.CASCADE, related_name="imported")
    wordpress_import = models.ForeignKey(
        WordPressImport, models.PROTECT, related_name="imported_posts"
    )
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("imported post")
        verbose_name_plural = _("imported posts")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "key"], name="one_imported_post_per_name_and_course"
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class ImportedComment(models.Model):
    """The source of a comment, so that it is imported once to its post."""

    imported_post = models.ForeignKey(
        ImportedPost, models.CASCADE, related_name="imported_comments"
    )
    comment = models.OneToOneField(Comment, models.CASCADE, related_name="imported")
    wordpress_import = models.ForeignKey(
        WordPressImport, models.PROTECT, related_name="imported_comments"
    )
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("imported comment")
        verbose_name_plural = _("imported comments")
        constraints = [
            models.UniqueConstraint(
                fields=["imported_post", "key"], name="one_imported_comment_per_name_and_post"
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
