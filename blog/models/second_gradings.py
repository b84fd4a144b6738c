"""Second gradings: who grades what was graded already, and what is settled where they differ."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.grading import Grading
from blog.models.prompts import Prompt
from blog.models.rubrics import Criterion, Level


class SecondGradingDraw(models.Model):
    """A sample of a prompt's grades that was drawn for second gradings; its seed draws it again."""

    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="second_grading_draws")
    seed = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="second_grading_draws"
    )
    drawn_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("draw of second gradings")
        verbose_name_plural = _("draws of second gradings")

    def __str__(self):
        return f"{self.prompt}: {self.drawn_at:%Y-%m-%d %H:%M}"


class SecondGradingQuerySet(models.QuerySet):
    def answering(self, prompt):
        return self.filter(first__prompt=prompt)

    def with_state(self):
        """Annotate ``is_done``: its grader has given a level for each criterion."""
        own = Grading.objects.with_every_level().filter(
            prompt=OuterRef("first__prompt"),
            student=OuterRef("first__student"),
            kind=OuterRef("first__kind"),
            grader=OuterRef("grader"),
        )
        return self.annotate(is_done=Exists(own))

    def due(self):
        """Return those that wait for their grader."""
        return self.with_state().filter(is_done=False)


class SecondGrading(models.Model):
    """A grade that somebody else grades too, before they can see its levels.

    ``first`` was the grade of record when it was drawn. The second grading itself is a ``Grading``
    of the same work by ``grader``, like any other.
    """

    draw = models.ForeignKey(SecondGradingDraw, models.CASCADE, related_name="second_gradings")
    first = models.OneToOneField(Grading, models.PROTECT, related_name="second_grading")
    grader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="second_gradings"
    )

    # Annotated by ``with_state``.
    is_done: bool

    objects = SecondGradingQuerySet.as_manager()

    class Meta:
        verbose_name = _("second grading")
        verbose_name_plural = _("second gradings")

    def __str__(self):
        return f"{self.first}: {self.grader}"


class Settlement(models.Model):
    """A decision about one criterion of a grade of record that other graders differ on.

    It holds while the grade has this level. ``former_level`` is what its grader had chosen: it
    counts for the agreement of graders, which settling does not change.
    """

    grading = models.ForeignKey(Grading, models.CASCADE, related_name="settlements")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    level = models.ForeignKey(Level, models.CASCADE, related_name="+")
    former_level = models.ForeignKey(Level, models.CASCADE, related_name="+")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="settlements"
    )
    settled_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("settled level")
        verbose_name_plural = _("settled levels")
        constraints = [
            models.UniqueConstraint(
                fields=["grading", "criterion"], name="one_settlement_per_grading_and_criterion"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.level}"
