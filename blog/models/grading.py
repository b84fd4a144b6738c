"""Gradings: levels and private feedback by one grader, and the grade of record."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.posts import Post
from blog.models.prompts import Prompt
from blog.models.revisions import Revision
from blog.models.rubrics import Criterion, Level


class GradingQuerySet(models.QuerySet):
    def answering(self, prompt):
        return self.filter(prompt=prompt)

    def of_posts(self):
        return self.filter(kind=Grading.Kind.POST)

    def of_record(self):
        return self.filter(of_record=True)

    def released(self):
        return self.filter(released_at__lte=timezone.now())

    def visible_to(self, reader):
        """Return the gradings of a teaching reader's courses, and their own released ones."""
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
                released_at__lte=timezone.now(),
                prompt__course__in=member,
            )
        )


class Grading(models.Model):
    """One grader's grade of one student's work on a prompt, with its feedback.

    What is graded is the post or, as ``kind`` says, the comments. The grading of a post is bound
    to the revision that was read. Of a student's gradings of one kind one is the grade of record;
    the student sees that one, from ``released_at`` on.
    """

    class Kind(models.TextChoices):
        POST = "post", _("post")
        COMMENTS = "comments", _("comments")

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="gradings")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gradings_received"
    )
    grader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="gradings_given"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POST)
    post = models.ForeignKey(Post, models.PROTECT, related_name="gradings", null=True, blank=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="gradings", null=True, blank=True
    )
    text = models.TextField(_("feedback"), blank=True)
    html = models.TextField(blank=True)
    of_record = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GradingQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "student", "kind", "grader"],
                name="one_grading_per_prompt_student_kind_and_grader",
            ),
            models.UniqueConstraint(
                fields=["prompt", "student", "kind"],
                condition=Q(of_record=True),
                name="one_grade_of_record_per_prompt_student_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(of_record=True),
                name="only_grades_of_record_are_released",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["post", "comments"]), name="gradings_have_a_known_kind"
            ),
        ]

    def __str__(self):
        return f"{self.prompt}: {self.student}"

    def is_complete(self, criteria: int) -> bool:
        """Return whether it has a level for each of ``criteria``, or feedback if there are none."""
        if criteria:
            return len(self.scores.all()) >= criteria
        return bool(self.text.strip())


class Score(models.Model):
    """The level chosen for a criterion; its version keeps two tabs from overwriting each other."""

    grading = models.ForeignKey(Grading, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    level = models.ForeignKey(Level, models.PROTECT, related_name="scores")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["grading", "criterion"], name="one_score_per_grading_and_criterion"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.level}"


class QueuePlace(models.Model):
    """A student's random number in the grading queue of a prompt, drawn once."""

    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="queue_places")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="queue_places"
    )
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("number in a grading queue")
        verbose_name_plural = _("numbers in grading queues")
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "student"], name="one_queue_place_per_prompt_and_student"
            ),
            models.UniqueConstraint(
                fields=["prompt", "number"], name="one_student_per_prompt_and_queue_number"
            ),
        ]

    def __str__(self):
        return f"{self.prompt}: {self.number}"
