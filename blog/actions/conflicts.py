"""Two texts of one draft: both are kept until their writer has chosen, and the choice is undone.

The draft itself stays what was saved first. A save that named an older version becomes an *other*
text beside it, one for each page that saves, and that page's further saves go there. Choosing
makes the chosen words the draft and sets the rest aside; what is set aside can be brought back.
"""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from blog.actions.comment_drafts import (
    comment_draft_of,
    lock_writer,
    refuse_stale_comment,
    version_of_comment,
)
from blog.actions.drafts import (
    Tab,
    draft_of,
    is_settled,
    lock,
    refuse_deleted,
    refuse_stale,
    version_of,
    write,
)
from blog.models import Draft, Target, User

# How long what was not chosen can be brought back.
UNDO_FOR = timedelta(days=30)


def keep_other(target: Target, *, by: User, words: dict, tab: Tab | None) -> Draft:
    """Keep what a stale save brought, beside the draft; each page has one such text."""
    with _locked(target, by):
        other = _other_of(target, by, tab)
        if other.pk is None or not is_settled(other, words, tab):
            write(other, words, tab or Tab(uuid4(), 0))
    return other


def settle(
    other: Draft,
    *,
    by: User,
    kept: dict,
    aside: Sequence[dict],
    version: str | None = None,
    tab: Tab | None = None,
) -> list[Draft]:
    """Make ``kept`` the draft; return what was set ``aside`` and can be brought back.

    Raises StaleDraft, and changes nothing, if the draft is no longer what its writer compared.
    """
    target, now = other.target, timezone.now()
    with _locked(target, by):
        draft = standing(target, by)
        if not is_settled(draft, kept, tab):
            _refuse_stale(target, draft, version, tab)
            write(draft, kept, tab)
            _take_title(target, draft)
        drafts = Draft.objects.at(target).by(by)
        drafts.filter(pk=other.pk).delete()
        drafts.filter(set_aside_at__lt=now - UNDO_FOR).delete()
        lost = [words for words in aside if not draft.says(words)]
        return [
            Draft.objects.create(
                **target.fields, user=by, **words, is_other=True, set_aside_at=now, updated_at=now
            )
            for words in lost
        ]


def bring_back(aside: Draft, *, by: User) -> None:
    """Undo a choice: all that it set aside stands beside the draft again."""
    target = aside.target
    with _locked(target, by):
        drafts = Draft.objects.at(target).by(by)
        drafts.filter(set_aside_at=aside.set_aside_at).update(set_aside_at=None)


def standing(target: Target, user: User) -> Draft:
    """Return the draft of a place, of whatever kind it is."""
    if target.kind == Draft.Kind.POST:
        return draft_of(target.post, user)
    return comment_draft_of(target, user)


def version_at(target: Target, draft: Draft) -> str:
    if target.kind == Draft.Kind.POST:
        return version_of(target.post, draft)
    return version_of_comment(draft)


@contextmanager
def _locked(target: Target, user: User):
    with transaction.atomic():
        if target.kind == Draft.Kind.POST:
            lock(target.post)
            refuse_deleted(target.post)
        else:
            lock_writer(user)
        yield


def _other_of(target: Target, user: User, tab: Tab | None) -> Draft:
    """Return the other text that this page saves to, or one that is not stored yet."""
    if tab is not None:
        found = Draft.objects.at(target).by(user).others().filter(tab=tab.key).first()
        if found is not None:
            return found
    return Draft(**target.fields, user=user, is_other=True, version=0)


def _refuse_stale(target: Target, draft: Draft, version: str | None, tab: Tab | None) -> None:
    if target.kind == Draft.Kind.POST:
        refuse_stale(target.post, draft, version, tab)
    else:
        refuse_stale_comment(draft, version, tab)


def _take_title(target: Target, draft: Draft) -> None:
    """A post that was never published is called what its draft is called."""
    post = target.post
    if target.kind == Draft.Kind.POST and post.is_draft and post.title != draft.title:
        post.title = draft.title
        post.save(update_fields=["title"])
