"""Insert a pasted text into a draft, with the works it cites, and undo that."""

from django.db import transaction
from django.utils import timezone

from blog import access
from blog.actions.draft_conflicts import resolve_conflict
from blog.actions.drafts import save_draft
from blog.actions.references import add_references
from blog.citations import replace_keys
from blog.models import Draft, DraftSnapshot, Post, PostTarget, User, target_of
from blog.paste import Paste


def add_pasted_references(post: Post, paste: Paste, *, by: User) -> str:
    """Add the works of a paste to the post; return its text, citing by their keys in the post.

    One of them may have been added meanwhile, under another key. A snapshot keeps the draft as it
    is before the text goes into it.
    """
    access.require(access.can_edit_text(by, post))
    with transaction.atomic():
        post.lock()  # before the works, as everywhere
        target = PostTarget(post)
        target.take_snapshot(target.draft_by(by), DraftSnapshot.Reason.PASTE)
        records = [csl | {"id": key} for key, csl in paste.works.items()]
        references = add_references(post, records, by=by)
    keys = {old: new.key for old, new in zip(paste.works, references, strict=True)}
    return replace_keys(paste.text, {old: new for old, new in keys.items() if old != new})


def insert_paste(
    post: Post, paste: Paste, *, by: User, replace: bool, version: str | None
) -> Draft | None:
    """Add a paste to the author’s draft, or replace it; return the draft as it was, archived.

    None if there was nothing before. Raises StaleDraft, and changes nothing, if the draft is not
    ``version`` any more.
    """
    access.require(access.can_edit_text(by, post))
    target = PostTarget(post)
    with transaction.atomic():
        target.lock(by)
        before = target.draft_by(by)
        content, had_text = before.content, bool(before.text.strip())
        text = add_pasted_references(post, paste, by=by)
        if had_text and not replace:
            text = f"{before.text.rstrip()}\n\n{text}"
        title = content["title"] if content["title"].strip() else paste.title[:200]
        save_draft(target, by=by, version=version, **content | {"title": title, "text": text})
        return target.archive(content, by, at=timezone.now()) if had_text else None


def undo_paste(archived: Draft, *, by: User) -> list[Draft]:
    """Restore the draft from before a paste; the current draft is archived."""
    access.require(archived.user_id == by.pk and access.can_edit_draft(by, target_of(archived)))
    target = target_of(archived)
    with transaction.atomic():
        target.lock(by)
        now = target.draft_by(by)
        return resolve_conflict(archived, by=by, chosen=archived.content, rest=[now.content])
