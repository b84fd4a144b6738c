"""Former texts of comments: what readers of a thread can look up behind the word “edited”."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blog.models.comments import Comment
from blog.models.content_notes import content_note_field


class CommentRevisionQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Return the former texts of comments that a reader can see now, none of a deleted one.

        A text that was for fewer people than its comment is now stays with the comment's author,
        the post's author and the teaching team; one that is withheld, with the comment's author
        and the team.
        """
        memberships = reader.memberships_now if reader.is_authenticated else []
        was_for_all = Q(comment__audience__lte=F("audience"))
        was_for_course = Q(
            audience__gte=Comment.Audience.READERS,
            comment__post__course__in=[m.course_id for m in memberships],
        )
        is_of_team = Q(comment__post__course__in=[m.course_id for m in memberships if m.teaches])
        rules = was_for_all | was_for_course | is_of_team
        if reader.is_authenticated:
            rules |= Q(comment__author=reader) | Q(comment__post__author=reader)
        shown = Q(is_withheld=False) | is_of_team
        if reader.is_authenticated:
            shown |= Q(comment__author=reader)
        comments = Comment.objects.visible_to(reader).filter(deleted_at=None)
        return self.filter(rules, shown, comment__in=comments)

    def on_public_page(self):
        """Return the former texts that were for everyone, and that nobody withholds.

        One that was for fewer people is not on a public page, whoever reads it.
        """
        return self.filter(audience=Comment.Audience.EVERYONE, is_withheld=False)


class CommentRevision(models.Model):
    """A text that a comment had until it was edited, with its content note and audience of then.

    Only an edit that readers are told of keeps one: ``Comment.edit_leaves_mark``. It is withheld
    if the teaching team hid the comment or asked for that edit.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="revisions")
    text = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    content_note = content_note_field()
    audience = models.PositiveSmallIntegerField(choices=Comment.Audience)
    written_at = models.DateTimeField()
    is_withheld = models.BooleanField(default=False, db_default=False)

    objects = CommentRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("former text of a comment")
        verbose_name_plural = _("former texts of comments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Comment.Audience.values),
                name="former_texts_of_comments_have_a_known_audience",
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
