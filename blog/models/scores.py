"""Scores: the levels of a grading."""

from decimal import Decimal

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from blog.models.rubrics import Criterion, Level


class ScoreQuerySet(models.QuerySet):
    def seen_by_student(self):
        """Return the scores that students see after the release: those by its rubric."""
        return self.filter(criterion__rubric=F("grading__released_rubric"))


class Score(models.Model):
    """The level chosen for a criterion; its version keeps two tabs from overwriting each other."""

    grading = models.ForeignKey("Grading", models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    level = models.ForeignKey(Level, models.PROTECT, related_name="scores")
    version = models.PositiveIntegerField(default=1)

    objects = ScoreQuerySet.as_manager()

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

    @property
    def points(self) -> Decimal:
        return self.criterion.points_for(self.level)
