"""Draft conflicts: save both texts of a draft, resolve the conflict, and undo that.

The draft itself stays what was saved first. A save that named an older version becomes a conflict
copy beside it, one for each tab, and that tab's further saves go there. Resolving makes the chosen
text the draft and archives the rest; what is archived can be restored.
"""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from blog import access
from blog.models import Draft, DraftTarget, Tab, User, target_of

# How long the text that was not chosen can be restored.
UNDO_PERIOD = timedelta(days=30)


def keep_conflict_copy(
    target: DraftTarget, *, by: User, content: dict, tab: Tab | None, is_paced: bool = False
) -> Draft:
    """Store the content of a stale save beside the draft; each tab has one such copy.

    ``is_paced`` is for a page that saves by itself: SavesTooOften stops one that does not rest.
    """
    access.require(access.can_edit_draft(by, target))
    with _locked(target, by):
        copy = _conflict_copy_of(target, by, tab)
        if copy.pk is None or not copy.is_settled(content, tab):
            if is_paced:
                copy.keep_pace()
            copy.write(content, tab or Tab(uuid4(), 0))
    return copy


def keep_earlier_words(target: DraftTarget, *, by: User, content: dict) -> Draft:
    """Store the content of a page that is sent again after its tab has saved later words.

    It gets a tab of its own, so that the later words are not its own. Sent often, it is kept once.
    """
    access.require(access.can_edit_draft(by, target))
    with _locked(target, by):
        copies = target.drafts_by(by).conflict_copies().order_by("pk")
        for copy in copies:
            if copy.has_content(content):
                return copy
        copy = Draft(**target.fields, user=by, is_conflict_copy=True, version=0)
        copy.write(content, Tab(uuid4(), 0))
    return copy


def resolve_conflict(
    copy: Draft,
    *,
    by: User,
    chosen: dict,
    rest: Sequence[dict],
    version: str | None = None,
    tab: Tab | None = None,
) -> list[Draft]:
    """Make ``chosen`` the draft; return the archived drafts of ``rest``, which can be restored.

    Raises StaleDraft, and changes nothing, if the draft has changed since its writer compared.
    """
    access.require(copy.user_id == by.pk and access.can_edit_draft(by, target_of(copy)))
    target, now = target_of(copy), timezone.now()
    with _locked(target, by):
        draft = target.draft_by(by)
        if not (draft.is_settled(chosen, tab) and draft.has_content(chosen)):
            target.refuse_stale(draft, version, tab)
            draft.write(chosen, tab)
            target.after_save(draft)
        drafts = target.drafts_by(by)
        drafts.filter(pk=copy.pk).delete()
        drafts.filter(archived_at__lt=now - UNDO_PERIOD).delete()
        return [
            target.archive(content, by, at=now)
            for content in rest
            if not draft.has_content(content)
        ]


def undo_resolution(archived: Draft, *, by: User) -> None:
    """Restore everything that one choice archived, beside the draft."""
    access.require(archived.user_id == by.pk and access.can_edit_draft(by, target_of(archived)))
    target = target_of(archived)
    with _locked(target, by):
        drafts = target.drafts_by(by)
        drafts.filter(archived_at=archived.archived_at).update(archived_at=None)


@contextmanager
def _locked(target: DraftTarget, user: User):
    with transaction.atomic():
        target.lock(user)
        yield


def _conflict_copy_of(target: DraftTarget, user: User, tab: Tab | None) -> Draft:
    """Return the copy that this tab saves to, or a new one that is not stored yet."""
    if tab is not None:
        found = target.drafts_by(user).conflict_copies().filter(tab=tab.key).first()
        if found is not None:
            return found
    return Draft(**target.fields, user=user, is_conflict_copy=True, version=0)
