"""Rubrics, and the private feedback and grades given by them."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.posts import Post, Revision
from blog.models.prompts import Prompt


class Rubric(models.Model):
    """What readers of a post look for, criterion by criterion."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="rubrics")
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "title"],
                name="one_rubric_per_title_and_course",
                violation_error_message=_("This course has a rubric of that title."),
            ),
        ]

    def __str__(self):
        return self.title


class Criterion(models.Model):
    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("criterion"), max_length=120)

    class Meta:
        ordering = ["position"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["rubric", "position"], name="one_criterion_per_place_and_rubric"
            ),
        ]

    def __str__(self):
        return self.title


class Level(models.Model):
    """One step of a criterion. Points are whole hundredths: SQLite has no exact decimals."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="levels")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("level"), max_length=60)
    description = models.TextField(_("description"), max_length=600, blank=True)
    hundredths = models.PositiveIntegerField(_("points in hundredths"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "position"], name="one_level_per_place_and_criterion"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def points(self) -> Decimal:
        return Decimal(self.hundredths) / 100


class FeedbackQuerySet(models.QuerySet):
    def answering(self, prompt):
        return self.filter(prompt=prompt)

    def of_record(self):
        return self.filter(of_record=True)

    def released(self):
        return self.filter(released_at__isnull=False)

    def visible_to(self, reader):
        """The teaching team sees all of its courses; a student their own, once released."""
        if not reader.is_authenticated:
            return self.none()
        memberships = reader.memberships_now
        teaching = [m.course_id for m in memberships if m.teaches]
        member = [m.course_id for m in memberships]
        return self.filter(
            Q(prompt__course__in=teaching)
            | Q(
                student=reader,
                of_record=True,
                released_at__isnull=False,
                prompt__course__in=member,
            )
        )


class Feedback(models.Model):
    """One marker's reading of one student's answer to a prompt: levels and private words.

    It is bound to the revision that was read. Of all readings of a student's answer one is the
    grade of record; the student sees that one, from its release on.
    """

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="feedback")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_received"
    )
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="feedback_given"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="feedback", null=True, blank=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="feedback", null=True, blank=True
    )
    text = models.TextField(_("feedback"), blank=True)
    html = models.TextField(blank=True)
    of_record = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "student", "marker"],
                name="one_feedback_per_prompt_student_and_marker",
            ),
            models.UniqueConstraint(
                fields=["prompt", "student"],
                condition=Q(of_record=True),
                name="one_grade_of_record_per_prompt_and_student",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(of_record=True),
                name="only_grades_of_record_are_released",
            ),
        ]

    def __str__(self):
        return f"{self.prompt}: {self.student}"

    def is_complete(self, criteria: int) -> bool:
        """Say whether it has a level for each of ``criteria``, or words where there are none."""
        if criteria:
            return len(self.scores.all()) >= criteria
        return bool(self.text.strip())

    @property
    def was_edited_after_release(self) -> bool:
        return self.released_at is not None and self.updated_at > self.released_at


class Score(models.Model):
    """The level chosen for a criterion; its version lets two markers meet without overwriting."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    level = models.ForeignKey(Level, models.PROTECT, related_name="scores")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "criterion"], name="one_score_per_feedback_and_criterion"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.level}"
