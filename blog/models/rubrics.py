"""Rubrics: criteria and their levels."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.titles import TitleField


class RubricQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def offered(self, *, besides=None):
        """Return the rubrics to choose from: those that are not archived, and the one chosen."""
        return self.filter(Q(archived_at=None) | Q(pk=besides and besides.pk))


class Rubric(models.Model):
    """The criteria by which posts are graded."""

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="rubrics"
    )
    title = TitleField(_("title"), max_length=120)
    # An archived one stays with the prompts that have it, and is offered to no other.
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RubricQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "title"],
                name="one_rubric_per_title_and_course",
                violation_error_message=_("This course already has a rubric with this title."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def highest_points(self) -> Decimal:
        """Return the most points of a grade; reads the criteria and their levels."""
        return highest_points_of(self.criteria.all())


class Criterion(models.Model):
    """One criterion of a rubric, with its levels. Their points count as often as it weighs."""

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("criterion"), max_length=120)
    description = models.TextField(_("description"), max_length=600, blank=True)
    weight_hundredths = models.PositiveSmallIntegerField(_("weight in hundredths"), default=100)

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

    @property
    def weight(self) -> Decimal:
        return Decimal(self.weight_hundredths) / 100

    def points_for(self, level: "Level") -> Decimal:
        """Return the weighted points of a level of this criterion: its points by the weight."""
        return level.points * self.weight

    @property
    def highest_points(self) -> Decimal:
        """Return the most points that a level adds to a grade; reads the levels."""
        return max((self.points_for(level) for level in self.levels.all()), default=Decimal(0))


class Level(models.Model):
    """One level of a criterion. Points are whole hundredths: SQLite has no exact decimals."""

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

    @property
    def weighted_points(self) -> Decimal:
        """Return the level's part of a grade: its points by the weight of its criterion."""
        return self.criterion.points_for(self)


def highest_points_of(criteria: Iterable[Criterion]) -> Decimal:
    """Return the most points of a grade by some criteria; reads their levels."""
    return sum((criterion.highest_points for criterion in criteria), start=Decimal(0))
