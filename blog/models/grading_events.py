"""Grading events: the history of a grade, which only grows."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.grading import Grading
from blog.models.prompts import Prompt
from blog.models.rubrics import Criterion, Level


class GradingEventQuerySet(models.QuerySet):
    def of_work(self, prompt, student, kind):
        """Return the events of all gradings of a student's work, removed ones included."""
        return self.filter(prompt=prompt, student=student, grading_kind=kind)


class GradingEvent(models.Model):
    """One act on a grade. Only ever added: triggers of the database refuse changes and deletion.

    It outlives its grading, which is deleted once it was emptied or undone: ``grading`` is its key
    and no constraint, and ``prompt``, ``student`` and ``grading_kind`` say whose work it was.

    ``changes`` has by field what it was and what it became, each as a pair: ``levels`` by the key
    of their criterion, with keys of levels or None; ``text``, ``status``, ``override_hundredths``,
    ``override_reason``. A private note leaves no trace here. Beside ``levels`` stand ``titles``,
    those of the criteria and levels in it as they were then: they can be deleted later.
    """

    class Kind(models.TextChoices):
        SAVED = "saved", _("saved")
        RELEASED = "released", _("released")
        TAKEN_BACK = "taken_back", _("release taken back")
        COUNTS = "counts", _("now counts")
        SETTLED = "settled", _("settled")
        ADOPTED = "adopted", _("created from comments and posts on time")
        IMPORTED = "imported", _("imported from a file")
        REMOVED = "removed", _("removed")

    grading = models.ForeignKey(
        Grading, models.DO_NOTHING, related_name="events", db_constraint=False
    )
    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="grading_events")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    grading_kind = models.CharField(max_length=8, choices=Grading.Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grading_events"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    changes = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    objects = GradingEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("grading event")
        verbose_name_plural = _("grading events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "saved",
                        "released",
                        "taken_back",
                        "counts",
                        "settled",
                        "adopted",
                        "imported",
                        "removed",
                    ]
                ),
                name="grading_events_are_of_a_known_kind",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.grading_id}"

    @classmethod
    def of(cls, grading: Grading, *, by, kind: str, changes: dict | None = None, **fields):
        """Return an act on a grading that is not saved yet."""
        return cls(
            grading_id=grading.pk,
            prompt_id=grading.prompt_id,
            student_id=grading.student_id,
            grading_kind=grading.kind,
            actor=by,
            kind=kind,
            changes=changes or {},
            **fields,
        )


def titles_of(criterion: Criterion, *levels: Level) -> dict[str, str]:
    """Return the titles of a criterion and of levels of it, as a grading event keeps them."""
    titles = {f"level {level.pk}": level.title for level in levels}
    return {f"criterion {criterion.pk}": criterion.title, **titles}


def with_titles(changes: dict, titles: dict[str, str]) -> dict:
    """Return the changes of a grading event with titles, if levels are among them."""
    return changes | {"titles": titles} if "levels" in changes else changes
