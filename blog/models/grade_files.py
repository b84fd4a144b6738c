"""Files of grades that instructors upload: to be filled in for an LMS, or to be imported."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course

UNFINISHED_DAYS = 1


class GradeFileQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def of(self, person):
        return self.filter(created_by=person)

    def old(self):
        """Return those whose file is older than a day: it is not kept."""
        return self.filter(created_at__lt=timezone.now() - timedelta(days=UNFINISHED_DAYS))


class GradeImportQuerySet(GradeFileQuerySet):
    def finished(self):
        """Return those whose grades were imported, the newest first."""
        return self.exclude(imported_at=None).order_by("-imported_at", "-pk")

    def abandoned(self):
        return self.old().filter(imported_at=None)


class GradeFile(models.Model):
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


class LmsFile(GradeFile):
    """A gradebook as it was downloaded from an LMS, to be filled in and uploaded there again.

    ``answers`` are what somebody said of it: which column gets which grades. It is kept for a day,
    and nothing here changes by it.
    """

    answers = models.JSONField(default=dict)

    objects = GradeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("LMS file")
        verbose_name_plural = _("LMS files")


class GradeImport(GradeFile):
    """A file of grades: looked at first, and imported at a word.

    ``data`` is the file until its grades are imported. ``changes`` is what that has changed, for
    its undo: gradings by their keys, with their values before and their versions after.
    """

    changes = models.JSONField(default=dict)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)

    objects = GradeImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade import")
        verbose_name_plural = _("grade imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(imported_at__isnull=False),
                name="only_finished_grade_imports_are_undone",
            ),
        ]

    @property
    def can_be_undone(self) -> bool:
        return self.imported_at is not None and self.undone_at is None
