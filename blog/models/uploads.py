"""Files that instructors upload: looked at first, and acted on at a word."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course

KEPT_DAYS = 1


class UploadQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def of(self, person):
        return self.filter(created_by=person)

    def old(self):
        """Return those whose file is older than a day: it is not kept."""
        return self.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


class Upload(models.Model):
    """A file as somebody uploaded it; ``data`` is what it holds."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    name = models.CharField(_("file"), max_length=200, blank=True)
    data = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name or str(_("File without a name"))


class ImportQuerySet(UploadQuerySet):
    def finished(self):
        """Return those that were imported, the newest first."""
        done_at = self._done_at
        return self.exclude(**{done_at: None}).order_by(f"-{done_at}", "-pk")

    def abandoned(self):
        """Return those that nobody went on with: their file is not kept."""
        return self.old().filter(**{self._done_at: None})

    @property
    def _done_at(self) -> str:
        return self.model.DONE_AT  # type: ignore[attr-defined]


class Import(Upload):
    """A file that changes rows once somebody says so, and until it is undone.

    ``data`` is the file until then. ``changes`` is what it has changed, for its undo: rows by their
    keys, with what they were. ``DONE_AT`` names the field that says since when.
    """

    DONE_AT: str

    changes = models.JSONField(default=dict)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def can_be_undone(self) -> bool:
        return getattr(self, self.DONE_AT) is not None and self.undone_at is None
