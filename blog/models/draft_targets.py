"""Targets of drafts: a post, a comment, a reply, an edit of a comment."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from blog.exceptions import Refused, StaleDraft
from blog.models.comment_uses import CommentUse
from blog.models.comments import Comment
from blog.models.courses import Audience
from blog.models.draft_snapshots import DraftSnapshot
from blog.models.drafts import Draft, DraftQuerySet, Tab
from blog.models.people import User, lock_writer, refuse_erased
from blog.models.posts import Post
from blog.models.prepared_queries import prepared
from blog.models.versions import version_of
from blog.text.scaffold import strip_scaffold

SNAPSHOT_EVERY = timedelta(minutes=20)


@prepared
def _current_draft(
    kind: str, user: int, post: int, parent: int | None = None, comment: int | None = None
) -> DraftQuerySet:
    drafts = Draft.objects.filter(post=post, kind=kind, parent=parent, comment=comment)
    return drafts.by(user).current().order_by("pk")[:1]


@dataclass(frozen=True)
class DraftTarget(ABC):
    """The target of a draft. One class per kind, each with the same methods.

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
        """Return the fields of a Draft that identify its target."""
        return {
            "post": self.post,
            "kind": self.kind,
            "parent": self.parent,
            "comment": self.comment,
        }

    @property
    def name(self) -> str:
        """Return the name in the browser's storage: the same before and after publishing."""
        return f"{self.kind} {(self.comment or self.parent or self.post).pk}"

    def drafts_by(self, user: User) -> DraftQuerySet:
        return Draft.objects.at(self).by(user)

    def draft_by(self, user: User) -> Draft:
        """Return the person's draft, or a new one that is not stored yet."""
        keys = {"parent": self.parent, "comment": self.comment}
        values = {name: row.pk for name, row in keys.items() if row is not None}
        found = _current_draft.first(str(self.kind), user=user.pk, post=self.post.pk, **values)
        return found or self.new_draft(user)

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
        """Raise StaleDraft if ``version`` is not the draft's now, and another tab changed it.

        So does a page of this tab that is shown again as it was before its later saves.
        """
        self.refuse_other_readers(draft, version)
        is_latest = draft.was_saved_by(tab) and not draft.is_ahead_of(tab)
        if self.is_stale(draft, version, self.version_of(draft)) and not is_latest:
            raise self.stale(draft)

    def stale(self, draft: Draft) -> StaleDraft:
        """Return the error for a draft that was changed since a page was opened."""
        return StaleDraft(
            _("This draft was also changed in another tab or device."),
            stored=self.stored(draft),
            version=self.version_of(draft),
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

    def lock_to_save(self, user: User) -> None:
        """Lock the same for a save, which changes nothing but drafts and asks nothing else."""
        self.lock(user)

    @abstractmethod
    def new_draft(self, user: User) -> Draft:
        """Return an unsaved draft with the published content."""

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
        self._refuse_deleted()

    def lock_to_save(self, user: User) -> None:
        self.post.lock_row()
        self._refuse_deleted()

    def _refuse_deleted(self) -> None:
        # An erasure holds and changes the row of each post, and one that changed is read with its
        # author.
        if Post._meta.get_field("author").is_cached(self.post):
            refuse_erased(self.post.author)
        if self.post.deleted_at is not None:
            raise Refused(_("This post was deleted. Restore it first."))

    def new_draft(self, user: User) -> Draft:
        post = self.post
        return Draft(
            **self.fields,
            user=user,
            title=post.revision.title if post.revision else post.title,
            text=post.revision.text if post.revision else "",
            content_note=post.revision.content_note if post.revision else "",
            audience=post.audience,
            public_until_day=post.public_until and post.course.day_of(post.public_until),
            version=0,
        )

    def version_of(self, draft: Draft) -> str:
        """Return the publication and the number of the saves since, “2-published-30.5”.

        Drafts start again after each publication, so the number of saves alone would let a tab
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
        cleaned["used_comments"] = self._still_planned(cleaned["used_comments"])
        return cleaned == published

    def _still_planned(self, comments: list[int]) -> list[int]:
        """Return those of these comments that no version names; an old tab may have others."""
        if not comments:
            return []
        planned = CommentUse.objects.visible_to(self.post.author).planned()
        return [*planned.filter(comment__in=comments).values_list("comment", flat=True)]

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
        lock_writer(user)

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
        return not (content["text"].strip() or content.get("content_note"))


class ReplyTarget(CommentTarget):
    """A reply to a comment, ``parent``."""

    kind = Draft.Kind.REPLY


class EditTarget(CommentTarget):
    """An edit of one's own comment."""

    kind = Draft.Kind.EDIT
    comment: Comment

    def new_draft(self, user: User) -> Draft:
        draft = super().new_draft(user)
        for name in ("text", "content_note", "audience"):
            setattr(draft, name, getattr(self.comment, name))
        draft.updated_at = self.comment.text_changed_at or self.comment.created_at
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
        names = content.keys() & {"text", "content_note", "audience"}
        return all(getattr(self.comment, name) == content[name] for name in names)


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


def target_of(draft: Draft) -> DraftTarget:
    """Return the target of a draft; ``Draft.objects.with_targets()`` loads it too."""
    return TARGETS[draft.kind](draft.post, parent=draft.parent, comment=draft.comment)
