"""Grading events: the history of a grade, which only grows."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.grading import Grading


class GradingEvent(models.Model):
    """One act on a grade. Only ever added: a trigger of the database refuses changes.

    ``changes`` has by field what it was and what it became, each as a pair: ``levels`` by the key
    of their criterion, with keys of levels or None; ``text``, ``status``, ``override_hundredths``,
    ``override_reason``. A private note leaves no trace here.
    """

    class Kind(models.TextChoices):
        SAVED = "saved", _("saved")
        RELEASED = "released", _("released")
        TAKEN_BACK = "taken_back", _("release taken back")
        COUNTS = "counts", _("now counts")
        SETTLED = "settled", _("settled")
        ADOPTED = "adopted", _("created from comments and posts on time")
        IMPORTED = "imported", _("imported from a file")

    grading = models.ForeignKey(Grading, models.CASCADE, related_name="events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grading_events"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    changes = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

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
                    ]
                ),
                name="grading_events_are_of_a_known_kind",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.grading_id}"
