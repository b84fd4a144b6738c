"""Comments that the author of a post wants to use, and the version that uses them.

That is a version of the same post, or of another one that its author writes later.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.comments import Comment, comment_rules
from blog.models.post_visibility import of_post, visibility_rules
from blog.models.posts import Post
from blog.models.revisions import Revision


class CommentUseQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Return those that a reader can know of: of the post's author, and the comment's.

        Only of comments that are there for everybody who could see them before: a comment that is
        deleted or hidden has no use until it is back. Where another post uses it, who cannot see
        that post knows nothing of it.
        """
        if not reader.is_authenticated:
            return self.none()
        two_people = Q(comment__post__author=reader) | Q(comment__author=reader)
        open_comment = Q(comment__deleted_at=None, comment__state=Comment.State.OPEN)
        return self.filter(
            two_people,
            open_comment,
            of_post(comment_rules(reader), "comment"),
            of_post(visibility_rules(reader), "comment__post"),
            Q(revision=None) | of_post(visibility_rules(reader), "revision__post"),
        )

    def planned(self):
        """Return those that no version has named yet: a revision plan."""
        return self.filter(revision=None)


class CommentUse(models.Model):
    """The author of a post wants to use a comment on it, or a version of a post of theirs uses it.

    It is between two people, the author of the post and the author of the comment: no list, count,
    export, audit event or page of the site administration has it.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="use")
    marked_at = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.ForeignKey(
        Revision,
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("The version whose author says that it uses the comment."),
    )
    named_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CommentUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a comment")
        verbose_name_plural = _("uses of comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(revision=None, named_at=None)
                | Q(revision__isnull=False, named_at__isnull=False),
                name="used_comments_have_a_version_and_a_date",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_planned(self) -> bool:
        return self.revision_id is None

    @property
    def other_post(self) -> Post | None:
        """The post that uses the comment, if it is not the one that the comment is on."""
        if self.revision is None or self.revision.post_id == self.comment.post_id:
            return None
        return self.revision.post
