"""Lists of people that instructors bring into a course, from the file to what it changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.uploads import Import


class RosterImport(Import):
    """A list of people: read first, asked about, and added at a word.

    ``data`` is the file, or the pasted text as UTF-8; ``answers`` are what somebody said of it
    (``blog.roster_files.Question``). ``changes`` has rows with their values before and after.
    """

    DONE_AT = "added_at"

    course = models.ForeignKey(Course, models.CASCADE, related_name="roster_imports")
    is_pasted = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    added_at = models.DateTimeField(_("added"), null=True, blank=True, editable=False)

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
