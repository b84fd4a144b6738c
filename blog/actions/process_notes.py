"""Process notes: a note on a post, chosen moments of its text, the help received; removing it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused, StaleVersion
from blog.models import (
    AuditEvent,
    HelpStatement,
    Post,
    ProcessMoment,
    ProcessNote,
    User,
    revocations,
)


def save_process_note(
    note: ProcessNote,
    moments: Sequence[ProcessMoment],
    statement: HelpStatement,
    *,
    by: User,
) -> None:
    """Save what a writer tells of their post, in place of what they told before.

    Each of ``moments`` has a copy of the words that its writer chose to show. An empty
    ``statement`` is none. Raises StaleVersion if another page has saved since ``note`` was loaded.
    """
    access.require(access.can_edit_post(by, note.post))
    note.render()  # outside the transaction, as for posts
    if not (note.html or moments or not statement.is_empty):
        raise Refused(
            _("There is nothing to show yet. Write a note, choose a moment, or say who helped you.")
        )
    with transaction.atomic():
        _claim(note)
        note.updated_at = timezone.now()
        note.save()
        note.moments.all().delete()
        for moment in moments:
            moment.pk, moment.note = None, note
        ProcessMoment.objects.bulk_create(moments)
        _save_statement(statement)
        told = {"openness": note.openness}
        AuditEvent.record("process_note_saved", note.post, by=by, course=note.post.course, **told)


def remove_process_note(post: Post, *, by: User) -> None:
    """Remove the note, its moments and the statement of help; removing nothing is no error."""
    access.require(access.can_edit_post(by, post))
    with transaction.atomic():
        post.lock()
        revocations.remove_process_note(post, by=by)


def _claim(note: ProcessNote) -> None:
    """Give a note its next version, or raise StaleVersion; its post's row lets saves take turns."""
    note.post.lock()
    if note.post.deleted_at is not None:
        raise Refused(_("This post was deleted. Restore it first."))
    stored = ProcessNote.objects.filter(post=note.post).values_list("pk", "version").first()
    if (stored or (None, 0)) != (note.pk, note.version):
        raise StaleVersion(f"{note!r} has been saved since version {note.version}")
    note.version += 1


def _save_statement(statement: HelpStatement) -> None:
    """Store a statement of help in place of the one before; one that says nothing is none."""
    HelpStatement.objects.filter(post=statement.post).delete()
    if not statement.is_empty:
        statement.pk, statement.updated_at = None, timezone.now()
        statement.save()
