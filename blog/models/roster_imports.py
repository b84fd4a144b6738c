"""Lists of people that instructors bring into a course, from the file to what it changed."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course

UNFINISHED_DAYS = 1


class RosterImportQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def finished(self):
        """Return those whose people were added, the newest first."""
        return self.exclude(added_at=None).order_by("-added_at", "-pk")

    def abandoned(self):
        """Return those that nobody went on with: their file is not kept."""
        end = timezone.now() - timedelta(days=UNFINISHED_DAYS)
        return self.filter(added_at=None, created_at__lt=end)


class RosterImport(models.Model):
    """A list of people: read first, asked about, and added at a word.

    ``data`` is the file, or the pasted text as UTF-8, until its people are added; ``answers`` are
    what somebody said of it (``blog.roster_files.Question``). ``changes`` is what adding them has
    changed, for its undo: rows by their keys, with their values before and after.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="roster_imports")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    name = models.CharField(_("file"), max_length=200, blank=True)
    is_pasted = models.BooleanField(default=False)
    data = models.BinaryField(default=bytes)
    answers = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    added_at = models.DateTimeField(_("added"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(added_at__isnull=False),
                name="only_added_roster_imports_are_undone",
            ),
        ]

    def __str__(self):
        return self.name or str(_("Pasted list"))

    @property
    def can_be_undone(self) -> bool:
        return self.added_at is not None and self.undone_at is None
