"""Drafts: text that is not published yet."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.exceptions import SavesTooOften
from blog.models.comments import Comment
from blog.models.content_notes import content_note_field
from blog.models.courses import Audience
from blog.models.posts import Post
from blog.models.titles import TitleField

CONTENT_FIELDS = (
    "title",
    "text",
    "content_note",
    "audience",
    "public_until_day",
    "passage",
    "used_comments",
)

# How many times in a row a page may save a draft by itself, and how long that is enough for: it
# may save so often in any such time, and after a rest all at once.
PACED_SAVES, PACE = 15, timedelta(seconds=10)


class Tab(NamedTuple):
    """A browser tab that saves: ``key`` identifies it, ``seq`` counts its saves.

    Without scripts a tab does not count; but then it waits for each answer.
    """

    key: UUID
    seq: int | None = None


class DraftQuerySet(models.QuerySet):
    def by(self, user):
        return self.filter(user=user)

    def of_posts(self):
        return self.filter(kind=Draft.Kind.POST)

    def at(self, target):
        """Return all drafts of one target: the current one, conflict copies and archived ones."""
        return self.filter(**target.fields)

    def current(self):
        """Return the drafts themselves: at most one for each person and target."""
        return self.filter(is_conflict_copy=False)

    def conflict_copies(self):
        """Return the copies beside a draft, between which their writer has to choose."""
        return self.filter(is_conflict_copy=True, archived_at=None)

    def archived(self):
        """Return the texts that their writer did not choose; they can be restored."""
        return self.exclude(archived_at=None)

    def with_targets(self):
        return self.select_related("post__course", "post__revision", "parent", "comment")


class Draft(models.Model):
    """The text of a post or comment before it is published.

    ``version`` grows with each save; a save that names an older one is stale, and no text is lost:
    the later one becomes a conflict copy beside the draft, until its writer has compared the two.
    ``tab`` and ``seq`` say which tab saved last, and which of its saves that was: a tab that got
    no answer to a save is not in conflict with itself.
    """

    class Kind(models.TextChoices):
        POST = "post", gettext_lazy("post")
        COMMENT = "comment", gettext_lazy("comment on a post")
        REPLY = "reply", gettext_lazy("reply to a comment")
        EDIT = "edit", gettext_lazy("edit of a comment")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.POST)
    parent = models.ForeignKey(
        Comment, models.CASCADE, related_name="reply_drafts", null=True, blank=True
    )
    comment = models.ForeignKey(
        Comment, models.CASCADE, related_name="edit_drafts", null=True, blank=True
    )
    title = TitleField(gettext_lazy("title"), max_length=200, blank=True)
    text = models.TextField(gettext_lazy("text"), blank=True)
    content_note = content_note_field()
    audience = models.PositiveSmallIntegerField(choices=Audience, default=Audience.COURSE)
    public_until_day = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("From this day on only the course can read the post."),
    )
    passage = models.JSONField(
        default=dict,
        blank=True,
        help_text=gettext_lazy("The passage that a new comment is on, as its form named it."),
    )
    used_comments = models.JSONField(
        default=list,
        blank=True,
        help_text=gettext_lazy("Keys of the comments that the text uses, ascending."),
    )
    version = models.PositiveIntegerField(default=1)
    tab = models.UUIDField(
        null=True, blank=True, help_text=gettext_lazy("The browser tab that saved last.")
    )
    seq = models.PositiveIntegerField(
        default=0, help_text=gettext_lazy("The number of saves of that tab.")
    )
    is_conflict_copy = models.BooleanField(
        default=False,
        help_text=gettext_lazy("Saved beside the draft, which was changed elsewhere."),
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)
    paced_until = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=gettext_lazy(
            "Moves ahead with each automatic save. Once it is too far ahead, saves wait."
        ),
    )
    snapshot_at = models.DateTimeField(
        default=timezone.now,
        help_text=gettext_lazy("When the last snapshot was taken, or writing began."),
    )

    # Annotated by ``unsent_comments``.
    is_post_visible: bool
    # Set by ``show_checked``.
    checked_comments: list
    # Whether a save added checked comments to those of another tab: ``save_draft``.
    is_merged = False

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("draft")
        verbose_name_plural = gettext_lazy("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "post"],
                condition=Q(kind="post", is_conflict_copy=False),
                name="one_draft_per_writer_and_post",
            ),
            models.UniqueConstraint(
                fields=["user", "post"],
                condition=Q(kind="comment", is_conflict_copy=False),
                name="one_comment_draft_per_writer_and_post",
            ),
            models.UniqueConstraint(
                fields=["user", "parent"],
                condition=Q(kind="reply", is_conflict_copy=False),
                name="one_reply_draft_per_writer_and_comment",
            ),
            models.UniqueConstraint(
                fields=["user", "comment"],
                condition=Q(kind="edit", is_conflict_copy=False),
                name="one_edit_draft_per_writer_and_comment",
            ),
            models.UniqueConstraint(
                fields=["user", "tab"],
                condition=Q(is_conflict_copy=True, archived_at=None),
                name="one_conflict_copy_per_tab",
            ),
            models.CheckConstraint(
                condition=Q(kind="reply", parent__isnull=False)
                | ~Q(kind="reply") & Q(parent__isnull=True),
                name="only_reply_drafts_have_a_parent",
            ),
            models.CheckConstraint(
                condition=Q(kind="edit", comment__isnull=False)
                | ~Q(kind="edit") & Q(comment__isnull=True),
                name="only_edit_drafts_have_a_comment",
            ),
            models.CheckConstraint(
                condition=Q(is_conflict_copy=True) | Q(archived_at=None),
                name="the_draft_itself_is_never_archived",
            ),
        ]

    def __str__(self):
        return self.title or str(_("Untitled"))

    @property
    def content(self) -> dict:
        """Return the text and choices of the draft, as fields of a form."""
        return {name: getattr(self, name) for name in CONTENT_FIELDS}

    def has_content(self, content: dict) -> bool:
        return all(getattr(self, name) == value for name, value in content.items())

    def was_saved_by(self, tab: Tab | None) -> bool:
        return tab is not None and self.tab == tab.key

    def is_ahead_of(self, tab: Tab | None) -> bool:
        """Return whether this tab has saved later words than those of the save that it names."""
        if tab is None or tab.seq is None or not self.was_saved_by(tab):
            return False
        return tab.seq <= self.seq

    def passes_over(self, content: dict) -> bool:
        """Return whether an accepted save stored nothing, as others are stored instead."""
        return self.pk is not None and not self.is_merged and not self.has_content(content)

    def with_boxes_of(self, content: dict) -> dict | None:
        """Return this content with the checked comments of both, if nothing else differs."""
        if self.pk is None or not self.has_content(content | {"used_comments": self.used_comments}):
            return None
        checked = {*self.used_comments, *content.get("used_comments", [])}
        return content | {"used_comments": sorted(checked)}

    def is_settled(self, content: dict, tab: Tab | None) -> bool:
        """Return whether a save needs no write: the same words or later ones are stored."""
        if self.is_ahead_of(tab):
            return True
        if not self.has_content(content):
            return False
        if tab and tab.seq is not None and self.was_saved_by(tab):
            self.seq = tab.seq  # an earlier save of this tab may still be under way
            self.save(update_fields=["seq"])
        return True

    def keep_pace(self) -> None:
        """Count a save that a page makes by itself. Raises SavesTooOften if there were too many.

        The next ``write`` stores the count, so the limit costs no row and no query of its own.
        """
        now = timezone.now()
        since = max(self.paced_until or now, now)
        if since >= now + PACE:
            raise SavesTooOften
        self.paced_until = since + PACE / PACED_SAVES

    def write(self, content: dict, tab: Tab | None) -> None:
        """Store the content as the next version."""
        for name, value in content.items():
            setattr(self, name, value)
        self.tab, self.seq = (tab.key, tab.seq or 0) if tab else (None, 0)
        self.version += 1
        self.updated_at = timezone.now()
        self.save()
