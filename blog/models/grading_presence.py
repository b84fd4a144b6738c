"""Graders who have the work of a student open on the grading desk now."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.queue_places import QueuePlace

STILL_OPEN = timedelta(seconds=90)  # a page says that it is open every half a minute
FORGOTTEN_AFTER = timedelta(minutes=5)


class OpenPlaceQuerySet(models.QuerySet):
    def now(self):
        """Return the places that are open now, or were a moment ago."""
        return self.filter(seen_at__gt=timezone.now() - STILL_OPEN)

    def past(self):
        """Return rows that nobody needs any more."""
        return self.filter(seen_at__lte=timezone.now() - FORGOTTEN_AFTER)


class OpenPlace(models.Model):
    """A grader has a student of a prompt open, so that two do not grade the same by chance.

    It is for the teaching team, and forgotten after a few minutes.
    """

    place = models.ForeignKey(QueuePlace, models.CASCADE, related_name="open_places")
    grader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = OpenPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("open place on the grading desk")
        verbose_name_plural = _("open places on the grading desk")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "grader"], name="one_open_place_per_place_and_grader"
            ),
        ]

    def __str__(self):
        return f"{self.place_id}: {self.grader_id}"
