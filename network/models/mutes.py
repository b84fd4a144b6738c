"""Mutes: whose comments a member sees folded."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blog.models import Course


class MuteQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)


class Mute(models.Model):
    """Somebody whose comments a person sees folded, and who is never suggested. Silent."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="mutes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = MuteQuerySet.as_manager()

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "by", "muted"], name="one_mute_per_course_and_pair"
            ),
            models.CheckConstraint(condition=~Q(by=F("muted")), name="nobody_mutes_themselves"),
        ]

    def __str__(self):
        return f"{self.by_id} → {self.muted_id}"
