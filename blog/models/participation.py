"""Participation grades: the rule of a course, and the grades that were made by it."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.prompts import Prompt

MAX_PEOPLE = 20


class Worth(models.Model):
    """The worth of taking part in a prompt: points for each person commented on, and a post.

    Only what is on time counts. Nothing else can: no comments received, nothing of the network.
    """

    comment_hundredths = models.PositiveIntegerField(_("points in hundredths for each comment"))
    most_people = models.PositiveSmallIntegerField(
        _("maximum number of people"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PEOPLE)],
    )
    post_hundredths = models.PositiveIntegerField(
        _("points in hundredths for a post on time"), default=0
    )

    class Meta:
        abstract = True

    def hundredths_for(self, people: int, *, has_post: bool) -> int:
        """Return a student's points for comments on so many people in time, in hundredths."""
        comments = min(people, self.most_people) * self.comment_hundredths
        return comments + (self.post_hundredths if has_post else 0)

    @property
    def highest_points(self) -> Decimal:
        return Decimal(self.hundredths_for(self.most_people, has_post=True)) / 100

    @property
    def comment_points(self) -> Decimal:
        return Decimal(self.comment_hundredths) / 100

    @property
    def post_points(self) -> Decimal:
        return Decimal(self.post_hundredths) / 100


class ParticipationRule(Worth):
    """The rule by which an instructor can make grades of comments and posts on time.

    A course has none until an instructor writes one, and no grade follows from it by itself.
    """

    course = models.OneToOneField(
        Course,
        models.CASCADE,
        related_name="participation_rule",
        error_messages={"unique": _("This course already has a rule. Check it first.")},
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("participation rule")
        verbose_name_plural = _("participation rules")

    def __str__(self):
        return str(self.course)


class GradeAdoptionQuerySet(models.QuerySet["GradeAdoption"]):
    def highest_points_by_grading(self) -> dict[int, Decimal]:
        """Return the most points of each grade made by a rule, by its key.

        One that was released or changed keeps its rule when the others are undone.
        """
        return {pk: one.highest_points for one in self for pk, _version in one.gradings}


class GradeAdoption(Worth):
    """Grades of comments that an instructor made for a prompt, with the rule as it was then.

    ``gradings`` are pairs of their keys and versions: a grade that was changed since stays when
    this is undone.
    """

    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="adoptions")
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    gradings = models.JSONField(default=list)
    adopted_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GradeAdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("participation grades")
        verbose_name_plural = _("participation grades")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=models.F("adopted_at")),
                name="adoptions_are_undone_after_they_are_made",
            ),
        ]

    def __str__(self):
        return f"{self.prompt}: {self.adopted_at:%Y-%m-%d %H:%M}"

    def made(self, pk: int, version: int) -> bool:
        """Return whether a grade is one of its, and nobody has changed it since."""
        return [pk, version] in self.gradings
