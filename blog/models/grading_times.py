"""Times of a grader for a student: their own figure, which nobody else reads."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.grading import Grading
from blog.models.prompts import Prompt

MAX_SECONDS = 2 * 60 * 60  # more is a page that was forgotten


class GradingTimeQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Return a reader's own: nobody else sees how long a grader takes."""
        return self.filter(grader=reader) if reader.is_authenticated else self.none()


class GradingTime(models.Model):
    """The seconds from the first key or click to the save, for one student, without long pauses.

    For a post and for the comments of a student apart: they take their own time.
    """

    grader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="grading_times"
    )
    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="+")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(
        max_length=10, choices=Grading.Kind, default=Grading.Kind.POST, db_default=Grading.Kind.POST
    )
    seconds = models.PositiveIntegerField()
    measured_at = models.DateTimeField(default=timezone.now)

    objects = GradingTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grading time")
        verbose_name_plural = _("grading times")
        constraints = [
            models.UniqueConstraint(
                fields=["grader", "prompt", "student", "kind"],
                name="one_grading_time_per_grader_prompt_student_and_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(seconds__lte=MAX_SECONDS),
                name="grading_times_are_two_hours_at_most",
            ),
        ]

    def __str__(self):
        return f"{self.grader_id}: {self.seconds}"
