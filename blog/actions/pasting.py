"""Put a pasted text into a draft, with the works it cites, so that it can be taken out again."""

from django.db import transaction
from django.utils import timezone

from blog.actions.conflicts import settle
from blog.actions.drafts import draft_of, save_draft
from blog.actions.references import add_work, shelve
from blog.citations import rekeyed
from blog.models import Draft, Post, Target, User
from blog.paste import Paste


def shelve_pasted(post: Post, paste: Paste, *, by: User) -> str:
    """Put the works of a paste on the shelf; return its text, citing by the keys they have there.

    Somebody may have put one of them there meanwhile, under another key.
    """
    with transaction.atomic():
        keys = {
            key: shelve(post, add_work(post.course, csl, by=by), by=by, key=key).key
            for key, csl in paste.works.items()
        }
    return rekeyed(paste.text, {old: new for old, new in keys.items() if old != new})


def put_into_draft(
    post: Post, paste: Paste, *, by: User, instead: bool, version: str | None
) -> Draft | None:
    """Add a paste to the writer’s draft, or put it in its place; return the draft as it was.

    None if there was nothing before. Raises StaleDraft, and changes nothing, if the draft is not
    ``version`` any more.
    """
    with transaction.atomic():
        before = draft_of(post, by)
        words, was = before.words, bool(before.text.strip())
        text = shelve_pasted(post, paste, by=by)
        if was and not instead:
            text = f"{before.text.rstrip()}\n\n{text}"
        title = words["title"] if words["title"].strip() else paste.title[:200]
        save_draft(post, by=by, version=version, **words | {"title": title, "text": text})
        return _set_aside(post, words, by) if was else None


def take_out_again(aside: Draft, *, by: User) -> list[Draft]:
    """Make a draft what it was before a paste; what stands there now is set aside in turn."""
    now = draft_of(aside.post, by)
    return settle(aside, by=by, kept=aside.words, aside=[now.words])


def _set_aside(post: Post, words: dict, by: User) -> Draft:
    now = timezone.now()
    return Draft.objects.create(
        **Target(post).fields, **words, user=by, is_other=True, set_aside_at=now, updated_at=now
    )
