"""Comments that the author of a post wants to use, and the version that uses them.

That is a version of the same post, or of another one that its author writes later. Who wrote such
a comment is told of it once they can see that, whenever that is (``notify_of_uses``).
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.comments import Comment, comment_rules
from blog.models.courses import Audience
from blog.models.notifications import Notification, notify
from blog.models.people import User
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

    def named(self):
        """Return those that a version has named."""
        return self.exclude(revision=None)

    def named_on(self, post):
        """Return those that a version of a post has named, and those of comments on it."""
        return self.named().filter(Q(revision__post=post) | Q(comment__post=post))


class CommentUse(models.Model):
    """The author of a post wants to use a comment on it, or a version of a post of theirs uses it.

    It is between two people, the author of the post and the author of the comment: no list, count,
    export, audit event or page of the site administration has it, but for the take-out of the
    post's author. One that is taken back is deleted.
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
        """Return the post that uses the comment, if it is not the one that the comment is on."""
        if self.revision is None or self.revision.post_id == self.comment.post_id:
            return None
        return self.revision.post

    @property
    def event(self) -> str:
        """Return the key of the event that its version names the comment."""
        return f"{events_of_uses(self.comment)}{self.revision_id}"

    def can_be_read_by(self, reader: User) -> bool:
        """Return whether a reader of its version's post can read that version, present or not."""
        if self.revision is None:
            return False
        post = self.revision.post
        if reader.pk == post.author_id or self.revision_id == post.revision_id:
            return True
        return self.revision.audience >= least_audience(reader, post)


def least_audience(reader: User, post: Post) -> int:
    """Return the narrowest audience of an earlier version that a member certainly belonged to."""
    membership = reader.membership_in(post.course)
    is_teaching = membership is not None and membership.teaches
    return Audience.INSTRUCTORS if is_teaching else Audience.COURSE


def events_of_uses(comment: Comment) -> str:
    """Return the beginning of the keys of all events in which a version names a comment."""
    return f"used:{comment.pk}:"


def notify_of_uses(uses: CommentUseQuerySet) -> None:
    """Notify authors of comments that a version uses them: once, if they can see both now.

    Called inside the transaction of whatever lets others see a post or comment. A version that was
    for fewer people than the present one, which came later, leaves its uses to that: it is the
    first in which the author of the comment finds them.
    """
    found = uses.filter(comment__author__isnull=False).select_related(
        "comment__author", "comment__post", "revision__post__course", "revision__post__author"
    )
    waiting = {use.event: use for use in found.select_for_update(of=["self"]).order_by("pk")}
    if not waiting:
        return
    told = Notification.objects.filter(event__in=waiting, kind=Notification.Kind.USED)
    for event in told.values_list("event", flat=True):
        waiting.pop(event, None)
    for use in waiting.values():
        reader = use.comment.author
        if not CommentUse.objects.visible_to(reader).contains(use):
            continue
        post = use.revision.post
        if not use.can_be_read_by(reader):
            use.revision = post.revision
            use.save(update_fields=["revision"])
        about = use.other_post or use.comment
        notify([reader], Notification.Kind.USED, about, by=post.author, event=use.event)
