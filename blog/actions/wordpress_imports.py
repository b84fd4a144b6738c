"""Bring a blog of WordPress into a course: read it, match its people, import it, undo it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.wordpress_posts import ImportingPosts
from blog.actions.wordpress_undo import BroughtPosts
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Course,
    ImportedPost,
    User,
    WordPressImport,
    end_wordpress_import,
)
from blog.models.languages import words_to_keep
from blog.pictures import CleanPicture
from blog.queries.wordpress_plan import KNOWN, PlannedPost, plan_import, suggested_members
from blog.wordpress import Export

MAX_ANSWER_CHARS = 40


def start_wordpress_import(
    course: Course,
    *,
    by: User,
    export: Export,
    name: str = "",
    media: str = "",
    media_paths: Sequence[str] = (),
) -> WordPressImport:
    """Store the parsed blog for its preview; nothing of the course changes.

    ``media`` is the name of a stored zip of pictures (``WordPressImport.write_media``), and
    ``media_paths`` what is in it; the caller deletes it if this fails.
    """
    access.require(access.can_edit_course(by, course))
    started = WordPressImport(
        course=course,
        created_by=by,
        name=(export.title or name)[:200],
        data=export.pack(),
        suggested=suggested_members(course, export.authors),
        media=media,
        media_paths=list(media_paths),
    )
    with transaction.atomic():
        started.save()
        AuditEvent.record("wordpress_import_started", started, by=by, course=course)
    return started


def answer_wordpress_import(
    wordpress_import: WordPressImport, *, by: User, answers: dict[str, str]
) -> None:
    """Keep what somebody chooses for an import that is not started yet."""
    access.require(access.can_edit_course(by, wordpress_import.course))
    answers = {
        name[:MAX_ANSWER_CHARS]: str(value)[:MAX_ANSWER_CHARS] for name, value in answers.items()
    }
    with transaction.atomic():
        waiting = WordPressImport.objects.filter(pk=wordpress_import.pk, started_at=None)
        if waiting.update(answers=answers):
            wordpress_import.answers = answers
            AuditEvent.record(
                "wordpress_import_answered",
                wordpress_import,
                by=by,
                course=wordpress_import.course,
            )


def import_wordpress_posts(wordpress_import: WordPressImport, *, by: User) -> WordPressImport:
    """Start an import as it is chosen; ``continue_wordpress_import`` does it, in steps.

    A second time is no more. Raises Refused while it is not said who somebody is, or that what was
    repaired is wanted.
    """
    access.require(access.can_edit_course(by, wordpress_import.course))
    with transaction.atomic():
        stored = wordpress_import.locked()
        if stored.started_at is not None:
            return stored
        if stored.export.broken and stored.answers.get("repaired") != "yes":
            raise Refused(
                _("Say that you want to import the repaired text, or upload another file.")
            )
        plan = plan_import(stored)
        if plan.open_people:
            raise Refused(_("Say first who wrote these posts."))
        if not plan.coming:
            raise Refused(_("Nothing would be imported. Choose at least one post."))
        stored.started_at = stored.due_at = timezone.now()
        stored.total = len(stored.export.posts)
        stored.save(update_fields=["started_at", "due_at", "total"])
        AuditEvent.record(
            "wordpress_import_confirmed",
            stored,
            by=by,
            course=stored.course,
            posts=len(plan.coming),
            audience=plan.audience,
        )
    return stored


def continue_wordpress_import(
    wordpress_import: WordPressImport,
    *,
    by: User,
    seconds: float,
    clean_picture: Callable[[bytes], CleanPicture],
) -> WordPressImport:
    """Import post after post for some seconds; each is there with its comments, or is not.

    Whoever dies in the middle leaves the rest to a later call: a post comes once. Called for an
    import that is due, by whoever has claimed it, and outside any transaction: ``clean_picture``
    (of ``blog.pictures``) and files take their time.
    """
    access.require(access.can_edit_course(by, wordpress_import.course))
    stops_at = time.monotonic() + seconds
    plan = plan_import(wordpress_import)
    with ImportingPosts(wordpress_import, plan, clean_picture) as importing:
        while wordpress_import.done < wordpress_import.total:
            planned = plan.posts[wordpress_import.done]
            if not _import_one(wordpress_import, planned, importing):
                return wordpress_import
            if time.monotonic() > stops_at:
                break
    if wordpress_import.done >= wordpress_import.total:
        return end_wordpress_import(wordpress_import)
    wordpress_import.due_at = timezone.now()
    wordpress_import.attempts = 0  # it has got somewhere
    wordpress_import.save(update_fields=["due_at", "attempts"])
    return wordpress_import


def undo_wordpress_import(wordpress_import: WordPressImport, *, by: User) -> WordPressImport:
    """Delete what an import brought, but for what somebody has worked with since.

    Those posts stay, and ``changes["stayed"]`` has their keys; ``changes["deleted"]`` is how many
    went. A second time changes nothing.
    """
    access.require(access.can_edit_course(by, wordpress_import.course))
    with transaction.atomic():
        BroughtPosts(wordpress_import).lock()  # before the import, as everywhere
        stored = wordpress_import.locked()
        if stored.can_be_undone:
            BroughtPosts(stored).undo(by=by)
    return stored


def _import_one(
    wordpress_import: WordPressImport, planned: PlannedPost, importing: ImportingPosts
) -> bool:
    """Import a post if it comes, and count it, in one transaction; False if another was faster."""
    with words_to_keep(wordpress_import.course):
        try:
            return _add_one(wordpress_import, planned, importing)
        except IntegrityError:
            brought = _brought_meanwhile(wordpress_import, planned)
            if brought is None:
                raise
            return _add_one(wordpress_import, brought, importing)


def _brought_meanwhile(
    wordpress_import: WordPressImport, planned: PlannedPost
) -> PlannedPost | None:
    """Return the plan for a post that another import has brought since this plan was made."""
    course, key = wordpress_import.course, planned.post.key
    rows = ImportedPost.objects.filter(course=course, key=key).select_related("post")
    known = rows.first() if planned.known is None else None
    if known is None:
        return None
    comments = [] if known.post.deleted_at is not None else planned.comments
    return replace(planned, state=KNOWN, known=known, comments=comments)


def _add_one(
    wordpress_import: WordPressImport, planned: PlannedPost, importing: ImportingPosts
) -> bool:
    prepared = importing.prepare(planned)
    try:
        with transaction.atomic():
            if planned.known is not None:
                planned.known.post.lock()  # before the import, as everywhere
            stored = wordpress_import.locked()
            if (stored.done, stored.finished_at) != (wordpress_import.done, None):
                prepared.delete_files()
                return False
            importing.add(prepared, stored.changes)
            stored.done += 1
            stored.save(update_fields=["done", "changes"])
    except BaseException:
        prepared.delete_files()
        raise
    wordpress_import.done = stored.done
    return True
