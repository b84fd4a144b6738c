"""Files of grades that instructors upload: to be filled in for an LMS, or to be imported."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blog.models.uploads import Import, Upload, UploadQuerySet


class LmsFile(Upload):
    """A gradebook as it was downloaded from an LMS, to be filled in and uploaded there again.

    ``answers`` are what somebody said of it: which column gets which grades. It is kept for a day,
    and nothing here changes by it.
    """

    answers = models.JSONField(default=dict)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("LMS file")
        verbose_name_plural = _("LMS files")


class GradeImport(Import):
    """A file of grades: looked at first, and imported at a word.

    ``changes`` has gradings by their keys, with their values before and their versions after.
    """

    DONE_AT = "imported_at"

    imported_at = models.DateTimeField(_("imported"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("grade import")
        verbose_name_plural = _("grade imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(imported_at__isnull=False),
                name="only_finished_grade_imports_are_undone",
            ),
        ]
