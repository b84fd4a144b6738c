"""Intentions: what a person wants to do for their network in a week."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models import Course


class IntentionQuerySet(models.QuerySet):
    def of(self, person, course):
        """Return somebody's own intentions in a course, the newest first."""
        return self.filter(person=person, course=course).order_by("-week")


class Intention(models.Model):
    """A person's plan for their network in a week, in their words, and a look back.

    Nobody else learns of it.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="intentions")
    week = models.DateField(help_text=_("The Monday on which it began, in the course’s zone."))
    text = models.CharField(_("This week I want to"), max_length=200)
    looked_back = models.CharField(_("How did it go?"), max_length=500, blank=True)

    objects = IntentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("intention")
        verbose_name_plural = _("intentions")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person", "week"], name="one_intention_per_week"
            ),
        ]

    def __str__(self):
        return f"{self.person_id}, {self.week}"
