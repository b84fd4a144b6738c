"""Drafts: what is being typed, kept apart from what is published."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Audience
from blog.models.posts import Post


class Draft(models.Model):
    """A writer's unpublished text of a post.

    ``version`` grows with each save; a save that names an older one is stale, and both texts
    must survive it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="drafts")
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    audience = models.PositiveSmallIntegerField(choices=Audience, default=Audience.COURSE)
    retreats_on = models.DateField(
        null=True, blank=True, help_text=_("The course-local day on which it narrows again.")
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["user", "post"], name="one_draft_per_writer_and_post"),
        ]

    def __str__(self):
        return self.title or str(_("Untitled"))
