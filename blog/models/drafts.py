"""Drafts: text that is not published yet, and the targets it is written for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.exceptions import Refused, StaleDraft
from blog.models.comments import Comment
from blog.models.courses import Audience
from blog.models.draft_snapshots import DraftSnapshot
from blog.models.people import User
from blog.models.posts import Post
from blog.models.versions import version_of
from blog.text.scaffold import strip_scaffold

CONTENT_FIELDS = ("title", "text", "audience", "public_until_day")
SNAPSHOT_EVERY = timedelta(minutes=20)


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

    def at(self, target: DraftTarget):
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
    title = models.CharField(gettext_lazy("title"), max_length=200, blank=True)
    text = models.TextField(gettext_lazy("text"), blank=True)
    audience = models.PositiveSmallIntegerField(choices=Audience, default=Audience.COURSE)
    public_until_day = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("From this day on only the course can read the post."),
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
    snapshot_at = models.DateTimeField(
        default=timezone.now,
        help_text=gettext_lazy("When the last snapshot was taken, or writing began."),
    )

    # Annotated by ``unsent_comments``.
    is_post_visible: bool

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
        """The text and choices of the draft, as fields of a form."""
        return {name: getattr(self, name) for name in CONTENT_FIELDS}

    @property
    def target(self) -> DraftTarget:
        return TARGETS[self.kind](self.post, parent=self.parent, comment=self.comment)

    def has_content(self, content: dict) -> bool:
        return all(getattr(self, name) == value for name, value in content.items())

    def was_saved_by(self, tab: Tab | None) -> bool:
        return tab is not None and self.tab == tab.key

    def is_settled(self, content: dict, tab: Tab | None) -> bool:
        """Say whether a save needs no write: its tab saved later words, or it has these already."""
        seq = tab.seq if tab and self.was_saved_by(tab) else None
        if seq is not None and seq <= self.seq:
            return True
        if not self.has_content(content):
            return False
        if seq is not None:  # an earlier save of this tab may still be under way
            self.seq = seq
            self.save(update_fields=["seq"])
        return True

    def write(self, content: dict, tab: Tab | None) -> None:
        """Store the content as the next version."""
        for name, value in content.items():
            setattr(self, name, value)
        self.tab, self.seq = (tab.key, tab.seq or 0) if tab else (None, 0)
        self.version += 1
        self.updated_at = timezone.now()
        self.save()


@dataclass(frozen=True)
class DraftTarget(ABC):
    """What a draft is written for. One class per kind, each with the same methods.

    ``comment_version`` is that of the comment a tab began to edit: None where nobody says, "" for
    a draft from before the last edit.
    """

    post: Post
    parent: Comment | None = None
    comment: Comment | None = None
    comment_version: str | None = None

    kind: ClassVar[str]

    @property
    def fields(self) -> dict:
        """The fields of a Draft that identify its target."""
        return {
            "post": self.post,
            "kind": self.kind,
            "parent": self.parent,
            "comment": self.comment,
        }

    @property
    def name(self) -> str:
        """The target's name in the browser's storage: the same before and after publishing."""
        return f"{self.kind} {(self.comment or self.parent or self.post).pk}"

    def drafts_by(self, user: User) -> DraftQuerySet:
        return Draft.objects.at(self).by(user)

    def draft_by(self, user: User) -> Draft:
        """Return the person's draft, or a new one that is not stored yet."""
        return self.drafts_by(user).current().first() or self.new_draft(user)

    def archive(self, content: dict, user: User, *, at: datetime, updated_at=None) -> Draft:
        """Store a text that something else replaced, so that its writer can bring it back."""
        return Draft.objects.create(
            **self.fields,
            **content,
            user=user,
            is_conflict_copy=True,
            archived_at=at,
            updated_at=updated_at or at,
        )

    def refuse_stale(self, draft: Draft, version: str | None, tab: Tab | None = None) -> None:
        """Raise StaleDraft if ``version`` is not the draft's now, and another tab changed it."""
        self.refuse_other_readers(draft, version)
        now = self.version_of(draft)
        if self.is_stale(draft, version, now) and not draft.was_saved_by(tab):
            raise StaleDraft(
                _("This draft was also changed in another tab or device."),
                stored=self.stored(draft),
                version=now,
            )

    def refuse_other_readers(self, draft: Draft, version: str | None) -> None:
        """Raise StaleDraft if other people read the target now than a tab with this version knows.

        Also for a save without new words: what follows it may publish them to the wrong people.
        """
        readers = self.other_readers(version) if version else ""
        if readers:
            raise StaleDraft(
                readers,
                stored=self.stored(draft),
                version=self.version_of(draft),
                has_other_readers=True,
            )

    def is_stale(self, draft: Draft, version: str | None, now: str) -> bool:
        return version is not None and version != now

    @abstractmethod
    def lock(self, user: User) -> None:
        """Lock the row that lets saves of one person take turns, inside a transaction."""

    @abstractmethod
    def new_draft(self, user: User) -> Draft:
        """Return an unsaved draft with what is published."""

    @abstractmethod
    def version_of(self, draft: Draft) -> str:
        """Return a name of the draft's state; a later save or publication has another one."""

    @abstractmethod
    def html_of(self, text: str) -> str:
        """Return the HTML of a text as this target would publish it. Raises TextRefused."""

    def other_readers(self, version: str) -> str:
        """Return who reads the target now, in words, if a tab with this version knows others."""
        return ""

    def stored(self, draft: Draft):
        """Return the draft or revision that a stale save is compared with."""
        return draft

    def is_published(self, content: dict, user: User, version: str | None = None) -> bool:
        """Return whether this content is published already, so that a slow save is ignored.

        A draft that the save knows of, by its ``version``, is to be replaced all the same.
        """
        return False

    def needs_no_draft(self, content: dict) -> bool:
        """Return whether nothing would be lost without a stored draft."""
        return False

    def before_save(self, draft: Draft) -> None:  # noqa: B027, most targets have nothing to do
        """Keep what a save is about to replace, where it is time for that."""

    def after_save(self, draft: Draft) -> None:  # noqa: B027, most targets have nothing to do
        """Update the target after its draft was saved."""


class PostTarget(DraftTarget):
    """The text of a post."""

    kind = Draft.Kind.POST

    def lock(self, user: User) -> None:
        self.post.lock()
        if self.post.deleted_at is not None:
            raise Refused(_("This post was deleted. Restore it first."))

    def new_draft(self, user: User) -> Draft:
        post = self.post
        return Draft(
            **self.fields,
            user=user,
            title=post.revision.title if post.revision else post.title,
            text=post.revision.text if post.revision else "",
            audience=post.audience,
            public_until_day=post.public_until and post.course.day_of(post.public_until),
            version=0,
        )

    def version_of(self, draft: Draft) -> str:
        """Return what is published and the number of the saves since, “2-published-30.5”.

        Drafts start anew after each publication, so the number of saves alone would let a tab
        from before it overwrite what came after. A new audience and a withdrawal make no draft
        and no revision, but a tab from before would open the post again.
        """
        return f"{self.post.publication}.{draft.version}"

    def html_of(self, text: str) -> str:
        return self.post.render(text).rendered.html

    def other_readers(self, version: str) -> str:
        known = version.rpartition(".")[0].partition("-")[2]
        if known == self.post.publication.partition("-")[2]:
            return ""
        if self.post.is_withdrawn:
            return _("This post was withdrawn in another tab or device.")
        return _(
            "This post was published in another tab or device. It is now visible to: %(now)s."
        ) % {"now": Audience(self.post.audience_now).label}

    def stored(self, draft: Draft):
        return draft if draft.pk else self.post.revision

    def is_published(self, content: dict, user: User, version: str | None = None) -> bool:
        if not self.equals_published(content):
            return False
        draft = self.drafts_by(user).current().first()
        return draft is None or self.is_stale(draft, version, self.version_of(draft))

    def equals_published(self, content: dict) -> bool:
        """Return whether the post is published with these words, to these readers."""
        if not self.post.is_published:
            return False
        published = self.new_draft(self.post.author).content
        cleaned = published | content
        cleaned["title"] = " ".join(cleaned["title"].split())
        cleaned["text"] = strip_scaffold(cleaned["text"])
        if cleaned["audience"] <= Audience.COURSE:
            cleaned["public_until_day"] = None
        return cleaned == published

    def before_save(self, draft: Draft) -> None:
        if timezone.now() - draft.snapshot_at >= SNAPSHOT_EVERY:
            self.take_snapshot(draft, DraftSnapshot.Reason.WRITING)

    def take_snapshot(self, draft: Draft, reason: DraftSnapshot.Reason) -> None:
        """Keep a draft as it is before something replaces it, for its writer alone.

        Its date is that of the words, not of what replaces them. Nothing is kept twice, nothing
        empty, and nothing after the course; of pastes and restores within 20 minutes, what was
        before the first. The caller saves the draft.
        """
        draft.snapshot_at = timezone.now()
        if draft.pk is None or not draft.text.strip() or self.post.course.is_over:
            return
        kept = self.post.draft_snapshots.filter(user=draft.user)
        if reason != DraftSnapshot.Reason.WRITING:
            since = draft.updated_at - SNAPSHOT_EVERY
            before = kept.exclude(reason=DraftSnapshot.Reason.WRITING)
            if before.filter(created_at__gt=since).exists():
                return
        last = kept.first()
        if last is None or (last.title, last.text) != (draft.title, draft.text):
            DraftSnapshot.objects.create(
                user=draft.user,
                post=self.post,
                title=draft.title,
                text=draft.text,
                reason=reason,
                created_at=draft.updated_at,
            )

    def after_save(self, draft: Draft) -> None:
        """Give a post that was never published the title of its draft."""
        if self.post.is_draft and self.post.title != draft.title:
            self.post.title = draft.title
            self.post.save(update_fields=["title"])


class CommentTarget(DraftTarget):
    """A new comment on a post."""

    kind = Draft.Kind.COMMENT

    def lock(self, user: User) -> None:
        """Lock the person and not the post, which would stop the whole conversation."""
        User.objects.select_for_update(no_key=True).get(pk=user.pk)

    def new_draft(self, user: User) -> Draft:
        return Draft(**self.fields, user=user, audience=Comment.Audience.READERS, version=0)

    def version_of(self, draft: Draft) -> str:
        """Return the row's key and version: keys are never used twice, so neither is this."""
        return f"{draft.pk or 0}.{draft.version}"

    def html_of(self, text: str) -> str:
        return self.post.render_comment(text).html if text.strip() else ""

    def is_stale(self, draft: Draft, version: str | None, now: str) -> bool:
        """Return False where no draft is stored: then there is nothing to lose."""
        return draft.pk is not None and super().is_stale(draft, version, now)

    def is_published(self, content: dict, user: User, version: str | None = None) -> bool:
        comments = Comment.objects.on(self.post).by(user).open()
        return comments.filter(parent=self.parent, text=content["text"]).exists()

    def needs_no_draft(self, content: dict) -> bool:
        return not content["text"].strip()


class ReplyTarget(CommentTarget):
    """A reply to a comment, ``parent``."""

    kind = Draft.Kind.REPLY


class EditTarget(CommentTarget):
    """An edit of one's own comment."""

    kind = Draft.Kind.EDIT
    comment: Comment

    def new_draft(self, user: User) -> Draft:
        draft = super().new_draft(user)
        draft.text, draft.audience = self.comment.text, self.comment.audience
        draft.updated_at = self.comment.edited_at or self.comment.created_at
        return draft

    def refuse_stale(self, draft: Draft, version: str | None, tab: Tab | None = None) -> None:
        """Raise StaleDraft also if the comment was edited since its tab began, whoever saved last.

        The words of that tab would else count as written after the edit, and replace it unseen.
        """
        if self.comment_version not in {None, version_of(self.comment)}:
            raise StaleDraft(
                _("This comment was also edited in another tab or device."),
                stored=self.stored(draft),
                version=self.version_of(draft),
            )
        super().refuse_stale(draft, version, tab)

    def is_published(self, content: dict, user: User, version: str | None = None) -> bool:
        return False

    def needs_no_draft(self, content: dict) -> bool:
        return (self.comment.text, self.comment.audience) == (content["text"], content["audience"])


TARGETS: dict[str, type[DraftTarget]] = {
    target.kind: target for target in (PostTarget, CommentTarget, ReplyTarget, EditTarget)
}


def comment_target(
    post: Post,
    *,
    parent: Comment | None = None,
    comment: Comment | None = None,
    comment_version: str | None = None,
) -> CommentTarget:
    """Return the target of a comment's draft: an edit, a reply, or a new comment."""
    if comment is not None:
        return EditTarget(post, comment=comment, comment_version=comment_version)
    return ReplyTarget(post, parent=parent) if parent is not None else CommentTarget(post)
