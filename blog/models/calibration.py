"""Calibration: the posts of a prompt that all graders grade first."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.posts import Post
from blog.models.prompts import Prompt


class Calibration(models.Model):
    """Posts that everybody who grades a prompt grades before others, without seeing each other.

    While it runs, a grader sees no other grading of these posts before their own is complete. It
    shows its differences when all have graded, or from ``ended_at`` on.
    """

    MIN_POSTS, MAX_POSTS = 2, 3

    prompt = models.OneToOneField(Prompt, models.PROTECT, related_name="calibration")
    posts = models.ManyToManyField(Post, related_name="calibrations")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calibrations_begun"
    )
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("calibration")
        verbose_name_plural = _("calibrations")

    def __str__(self):
        return str(self.prompt)

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None
