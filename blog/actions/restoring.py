"""Take an earlier text of a post up again: its words and the works it cites."""

from django.db import transaction
from django.utils import timezone

from blog.actions.conflicts import settle
from blog.actions.drafts import draft_of, lock, refuse_deleted, write
from blog.actions.references import add_work, shelve
from blog.citations import rekeyed
from blog.models import Draft, LogEntry, Post, Revision, Target, User, Work


def restore_revision(revision: Revision, *, by: User) -> Draft | None:
    """Make an earlier text the draft; return what was set aside for it, if anything was.

    Readers go on seeing what is published until the writer publishes. The works that the text
    cites come back on the shelf, under their old keys where those are free; where one now means
    another work, the work gets a new key and the text cites by that, so that nothing on the shelf
    changes its meaning. A record that was corrected meanwhile stays corrected.
    """
    post = revision.post
    with transaction.atomic():
        lock(post)
        refuse_deleted(post)
        text = rekeyed(revision.text, _shelved_again(revision, by))
        draft = draft_of(post, by)
        if draft.says({"title": revision.title, "text": text}):
            return None
        aside = _set_aside(draft, by)
        write(draft, draft.words | {"title": revision.title, "text": text}, None)
        LogEntry.record(
            "revision_restored", post, by=by, course=post.course, number=revision.number
        )
    return aside


def undo_restore(aside: Draft, *, by: User) -> None:
    """Take up again what a restored text replaced; what was typed since is set aside in turn."""
    post = aside.post
    with transaction.atomic():
        lock(post)
        settle(aside, by=by, kept=aside.words, aside=[draft_of(post, by).words])
        draft = draft_of(post, by)
        if draft.pk and _is_published(draft, post):
            draft.delete()  # there was no draft before either


def _shelved_again(revision: Revision, by: User) -> dict[str, str]:
    """Put the works of a revision on the shelf; return the keys that differ now."""
    course, shelf = revision.post.course, set(revision.post.shelf.values_list("key", "work"))
    gone = [entry for entry in revision.references if (entry["key"], entry["work"]) not in shelf]
    works = Work.objects.in_course(course).in_bulk([entry["work"] for entry in gone])
    keys = {}
    for entry in gone:
        work = works.get(entry["work"]) or add_work(course, entry["csl"], by=by)
        keys[entry["key"]] = shelve(revision.post, work, by=by, key=entry["key"]).key
    return {old: new for old, new in keys.items() if old != new}


def _set_aside(draft: Draft, by: User) -> Draft:
    now = timezone.now()
    return Draft.objects.create(
        **Target(draft.post).fields,
        **draft.words,
        user=by,
        is_other=True,
        set_aside_at=now,
        updated_at=draft.updated_at if draft.pk else now,
    )


def _is_published(draft: Draft, post: Post) -> bool:
    revision = post.revision
    return revision is not None and draft.says(
        {"title": revision.title, "text": revision.text, "audience": post.audience}
    )
