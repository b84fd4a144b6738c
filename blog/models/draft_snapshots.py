"""Snapshots of drafts: what a post's text was at earlier moments, for its author alone."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.posts import Post
from blog.models.titles import TitleField


class DraftSnapshot(models.Model):
    """An earlier state of a post's draft, for its author alone and until the course ends.

    Taken at most every 20 minutes of writing, and as often before a paste or a restore
    (``PostTarget.take_snapshot``). ``created_at`` is when its words were saved.
    """

    class Reason(models.TextChoices):
        WRITING = "writing", _("while writing")
        PASTE = "paste", _("before a paste")
        RESTORE = "restore", _("before a restore")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="draft_snapshots"
    )
    post = models.ForeignKey(Post, models.CASCADE, related_name="draft_snapshots")
    title = TitleField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=8, choices=Reason, default=Reason.WRITING)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("snapshot of a draft")
        verbose_name_plural = _("snapshots of drafts")
        indexes = [models.Index(fields=["user", "post", "-created_at"], name="snapshots_of_a_post")]

    def __str__(self):
        return f"{self.post_id}: {self.created_at:%Y-%m-%d %H:%M}"
