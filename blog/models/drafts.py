"""Drafts: what is being typed, kept apart from what is published."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.comments import Comment
from blog.models.courses import Audience
from blog.models.posts import Post


class DraftQuerySet(models.QuerySet):
    def by(self, user):
        return self.filter(user=user)

    def of_posts(self):
        return self.filter(kind=Draft.Kind.POST)

    def at(self, target: "Target"):
        """Everything that is kept for one place: the draft, and texts that stand beside it."""
        return self.filter(
            post=target.post, kind=target.kind, parent=target.parent, comment=target.comment
        )

    def standing(self):
        """The draft itself: at most one for each writer and place."""
        return self.filter(is_other=False)

    def others(self):
        """Second texts that wait for their writer to choose."""
        return self.filter(is_other=True, set_aside_at=None)

    def set_aside(self):
        """Texts that their writer did not choose; they can be brought back."""
        return self.exclude(set_aside_at=None)

    def with_places(self):
        return self.select_related("post__course", "post__revision", "parent", "comment")


class Draft(models.Model):
    """What somebody types, for a post or a comment, before it is published.

    ``version`` grows with each save; a save that names an older one is stale, and both texts
    survive it: the later one is kept beside the draft as an *other* text, until its writer has
    compared the two. ``tab`` and ``seq`` say which page saved last, and which of its saves
    that was: a page that got no answer to a save is not in conflict with itself.
    """

    class Kind(models.TextChoices):
        POST = "post", _("post")
        COMMENT = "comment", _("comment on a post")
        REPLY = "reply", _("answer to a comment")
        EDIT = "edit", _("change of a comment")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POST)
    parent = models.ForeignKey(
        Comment, models.CASCADE, related_name="reply_drafts", null=True, blank=True
    )
    comment = models.ForeignKey(
        Comment, models.CASCADE, related_name="edit_drafts", null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    audience = models.PositiveSmallIntegerField(choices=Audience, default=Audience.COURSE)
    retreats_on = models.DateField(
        null=True, blank=True, help_text=_("The course-local day on which it narrows again.")
    )
    version = models.PositiveIntegerField(default=1)
    tab = models.UUIDField(null=True, blank=True, help_text=_("The page that saved it last."))
    seq = models.PositiveIntegerField(default=0, help_text=_("That page’s count of its saves."))
    is_other = models.BooleanField(
        default=False, help_text=_("Kept beside the draft, because it was saved elsewhere too.")
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "post"],
                condition=Q(kind="post", is_other=False),
                name="one_draft_per_writer_and_post",
            ),
            models.UniqueConstraint(
                fields=["user", "post"],
                condition=Q(kind="comment", is_other=False),
                name="one_comment_draft_per_writer_and_post",
            ),
            models.UniqueConstraint(
                fields=["user", "parent"],
                condition=Q(kind="reply", is_other=False),
                name="one_reply_draft_per_writer_and_comment",
            ),
            models.UniqueConstraint(
                fields=["user", "comment"],
                condition=Q(kind="edit", is_other=False),
                name="one_edit_draft_per_writer_and_comment",
            ),
            models.UniqueConstraint(
                fields=["user", "tab"],
                condition=Q(is_other=True, set_aside_at=None),
                name="one_other_text_per_page_that_saves",
            ),
            models.CheckConstraint(
                condition=Q(kind="reply", parent__isnull=False)
                | ~Q(kind="reply") & Q(parent__isnull=True),
                name="reply_drafts_alone_name_what_they_answer",
            ),
            models.CheckConstraint(
                condition=Q(kind="edit", comment__isnull=False)
                | ~Q(kind="edit") & Q(comment__isnull=True),
                name="edit_drafts_alone_name_their_comment",
            ),
            models.CheckConstraint(
                condition=Q(is_other=True) | Q(set_aside_at=None),
                name="the_draft_itself_is_never_set_aside",
            ),
        ]

    def __str__(self):
        return self.title or str(_("Untitled"))

    @property
    def words(self) -> dict:
        """Return what was typed and chosen, as a form's fields."""
        return {name: getattr(self, name) for name in ("title", "text", "audience", "retreats_on")}

    @property
    def target(self) -> "Target":
        return Target(self.post, self.kind, self.parent, self.comment)

    def says(self, words: dict) -> bool:
        return all(getattr(self, name) == value for name, value in words.items())


@dataclass(frozen=True)
class Target:
    """A place that words are typed for: a post, a comment on it, an answer, a change."""

    post: Post
    kind: str = Draft.Kind.POST
    parent: Comment | None = None
    comment: Comment | None = None

    @classmethod
    def of_comment(
        cls, post: Post, *, parent: Comment | None = None, comment: Comment | None = None
    ) -> "Target":
        if comment is not None:
            return cls(post, Draft.Kind.EDIT, comment=comment)
        return cls(post, Draft.Kind.REPLY if parent else Draft.Kind.COMMENT, parent=parent)

    @property
    def fields(self) -> dict:
        return {
            "post": self.post,
            "kind": self.kind,
            "parent": self.parent,
            "comment": self.comment,
        }

    @property
    def name(self) -> str:
        """Name it for the copies that browsers keep: the same before and after publishing."""
        return f"{self.kind} {(self.comment or self.parent or self.post).pk}"
