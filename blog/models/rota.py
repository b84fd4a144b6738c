"""The reply rota as it is stored: which post was given to whom to comment on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.posts import Post


class RotaEntryQuerySet(models.QuerySet):
    def of_prompt(self, prompt):
        return self.filter(post__prompt=prompt)

    def given_to(self, reader):
        return self.filter(reader=reader)


class RotaEntry(models.Model):
    """A post that a student was given to comment on, or was offered shortly before the date.

    Written by ``blog.tasks`` alone (ADR 0021). A row says nothing of who can see the post: whoever
    lists posts by it asks ``Post.visible_to`` too.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="rota_entries")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="rota_entries"
    )
    is_offer = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RotaEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("post given to a student")
        verbose_name_plural = _("posts given to students")
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "post"], name="one_rota_entry_per_reader_and_post"
            ),
        ]

    def __str__(self):
        return f"{self.post_id}: {self.reader_id}"
