"""Comments that a grader writes often and keeps for the feedback of any course."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_SAVED_COMMENTS = 100


class SavedCommentQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Return a reader's own: nobody else sees what a grader keeps."""
        return self.filter(owner=reader) if reader.is_authenticated else self.none()


class SavedComment(models.Model):
    """A short text without line ends; the first ones have the keys 1, 2, 3… in the list."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("owner"),
        related_name="saved_comments",
    )
    text = models.CharField(_("text"), max_length=600)
    position = models.PositiveSmallIntegerField(editable=False)

    objects = SavedCommentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("saved comment")
        verbose_name_plural = _("saved comments")

    def __str__(self):
        return self.text
