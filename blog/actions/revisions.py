"""Restore an earlier version of a post as its draft, with the works it cites."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from blog import access
from blog.actions.draft_conflicts import resolve_conflict
from blog.actions.references import add_works_to
from blog.actions.works import add_works
from blog.citations import replace_keys
from blog.models import (
    AuditEvent,
    Course,
    Draft,
    DraftSnapshot,
    Post,
    PostTarget,
    Revision,
    User,
    Work,
    target_of,
)
from blog.models.works import WorkQuerySet


def restore_revision(revision: Revision, *, by: User) -> Draft | None:
    """Make an earlier version the draft; return the archived draft it replaced, if there was one.

    Readers see the published text until the author publishes again. The works that the text cites
    are added to the post again, under their old keys where those are free; where a key now means
    another work, the work gets a new key and the text cites by that, so that no key changes its
    meaning. A work that was corrected meanwhile stays corrected.
    """
    access.require(access.can_edit_text(by, revision.post))
    post = revision.post
    target = PostTarget(post)
    with transaction.atomic():
        target.lock(by)
        text = replace_keys(revision.text, _restore_references(revision, by))
        draft = target.draft_by(by)
        restored = {
            "title": revision.title,
            "text": text,
            "content_note": revision.content_note,
        }
        if draft.has_content(restored):
            return None
        now = timezone.now()
        archived = target.archive(
            draft.content, by, at=now, updated_at=draft.updated_at if draft.pk else now
        )
        target.take_snapshot(draft, DraftSnapshot.Reason.RESTORE)
        draft.write(draft.content | restored, None)
        AuditEvent.record(
            "revision_restored", post, by=by, course=post.course, number=revision.number
        )
    return archived


def undo_restore(archived: Draft, *, by: User) -> None:
    """Restore the draft that a restored version replaced; the current draft is archived."""
    access.require(archived.user_id == by.pk and access.can_edit_draft(by, target_of(archived)))
    post, target = archived.post, target_of(archived)
    with transaction.atomic():
        post.lock()
        now = target.draft_by(by)
        resolve_conflict(archived, by=by, chosen=archived.content, rest=[now.content])
        draft = target.draft_by(by)
        if draft.pk and _is_published(draft, post):
            draft.delete()  # there was no draft before either


def _restore_references(revision: Revision, by: User) -> dict[str, str]:
    """Add the works of a revision to its post again; return the keys that differ now."""
    post = revision.post
    present = set(post.references.values_list("key", "work"))
    missing = [one for one in revision.references if (one["key"], one["work"]) not in present]
    missing = _without_closed_posts(missing)
    if not missing:
        return {}
    works = _works_to_restore(post.course, by).in_bulk([one["work"] for one in missing])
    lost = [one for one in missing if one["work"] not in works]
    added = add_works(post.course, [one["csl"] for one in lost], by=by)
    again = {one["key"]: work for one, work in zip(lost, added, strict=True)}
    keyed = [(again.get(one["key"]) or works[one["work"]], one["key"]) for one in missing]
    references = add_works_to(post, keyed, by=by)
    keys = {one["key"]: new.key for one, new in zip(missing, references, strict=True)}
    return {old: new for old, new in keys.items() if old != new}


def _without_closed_posts(entries: list[dict]) -> list[dict]:
    """Leave out posts of the course that not everybody there can read now: their keys cite nothing.

    A copy of such a record would publish the title and author of a post that was withdrawn.
    """
    if not entries:
        return []
    works = Work.objects.filter(pk__in=[one["work"] for one in entries], post__isnull=False)
    of_posts = works.exclude(post__in=Post.objects.open_to_course())
    closed = set(of_posts.values_list("pk", flat=True))
    return [one for one in entries if one["work"] not in closed]


def _works_to_restore(course: Course, by: User) -> WorkQuerySet:
    """Return the works of a course that, merged or not, lead to one that this person can add.

    Another is somebody else's; its copy in the revision is the author's own.
    """
    available = Work.objects.in_course(course).available_to(by).values("pk")
    itself = Q(merge=None, pk__in=available)
    return Work.objects.in_course(course).filter(itself | Q(merge__canonical__in=available))


def _is_published(draft: Draft, post: Post) -> bool:
    revision = post.revision
    return revision is not None and draft.has_content(
        {
            "title": revision.title,
            "text": revision.text,
            "content_note": revision.content_note,
            "audience": post.audience,
            "used_comments": [],
        }
    )
