"""Archive rubrics, offer them again, and delete those that nobody has used."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Rubric, User
from blog.queries.course_use import use_of_rubric


def archive_rubric(rubric: Rubric, *, by: User) -> None:
    """Archive a rubric: prompts that have it keep it, and it is offered to no other."""
    access.require(
        access.can_edit_course(by, rubric.course), _("Only instructors can change a rubric.")
    )
    with transaction.atomic():
        offered = Rubric.objects.filter(pk=rubric.pk, archived_at=None)
        if offered.update(archived_at=timezone.now()):  # not for a second click
            AuditEvent.record("rubric_archived", rubric, by=by, course=rubric.course)


def unarchive_rubric(rubric: Rubric, *, by: User) -> None:
    """Offer an archived rubric to prompts again."""
    access.require(
        access.can_edit_course(by, rubric.course), _("Only instructors can change a rubric.")
    )
    with transaction.atomic():
        archived = Rubric.objects.filter(pk=rubric.pk).exclude(archived_at=None)
        if archived.update(archived_at=None):
            AuditEvent.record("rubric_unarchived", rubric, by=by, course=rubric.course)


def delete_rubric(rubric: Rubric, *, by: User) -> None:
    """Delete a rubric that no prompt has and nobody was graded with; else raise Refused."""
    access.require(
        access.can_edit_course(by, rubric.course), _("Only instructors can delete a rubric.")
    )
    with transaction.atomic():
        if use := use_of_rubric(rubric):
            raise Refused(use)
        AuditEvent.record("rubric_deleted", rubric, by=by, course=rubric.course, title=rubric.title)
        try:
            with transaction.atomic():
                rubric.delete()
        except ProtectedError as error:  # a prompt got it meanwhile
            raise Refused(_("A prompt uses this rubric. Archive it instead.")) from error
