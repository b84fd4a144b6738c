"""Up to when a reader has seen the comments on a post. It is for that reader alone."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from blog.models.comments import Comment
from blog.models.posts import Post


class SeenComments(models.Model):
    """A reader has had before them the comments that had arrived on a post by ``seen_at``.

    It exists so that a thread can say what is new since its reader's last visit. Only that reader's
    pages ask: as with ``SeenFeedback`` no page of the teaching team, no export, audit event or page
    of the site administration has it, and neither people nor posts have a relation back to it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("comments that a reader has seen")
        verbose_name_plural = _("comments that readers have seen")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "post"], name="one_time_of_seen_comments_per_reader_and_post"
            )
        ]

    def __str__(self):
        return f"{self.post_id}: {self.seen_at:%Y-%m-%d %H:%M}"


def has_new_comments(reader) -> Combinable:
    """Return the condition that open comments arrived on a post since a reader's last visit.

    It is false of a post that they have never visited. Their own comments are never new.
    """
    visits = SeenComments.objects.filter(user=reader, post=OuterRef("post"))
    comments = Comment.objects.open().visible_to(reader).exclude(author=reader)
    comments = comments.with_arrival().alias(seen_at=Subquery(visits.values("seen_at")))
    return Exists(comments.filter(post=OuterRef("pk"), arrival__gt=F("seen_at")))
