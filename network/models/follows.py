"""Follows: whose posts a member reads first."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Course


class FollowQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)


class Follow(models.Model):
    """One person follows another in a course. Silent: the followed sees a very weak tie at most."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="follows")
    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    followed = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="followed_by"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        indexes = [
            models.Index(fields=["course", "followed", "follower"], name="follows_of_a_person")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "follower", "followed"],
                name="one_follow_per_course_and_pair",
            ),
            models.CheckConstraint(
                condition=~Q(follower=F("followed")), name="nobody_follows_themselves"
            ),
        ]

    def __str__(self):
        return f"{self.follower_id} → {self.followed_id}"
