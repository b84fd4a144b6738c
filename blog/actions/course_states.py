"""Archive and reopen courses, and delete those that nobody has used."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, User
from blog.models.revocations import archive
from blog.queries.course_use import uses_of_course


def archive_course(course: Course, *, by: User) -> None:
    """Archive a course: its members read it, and nobody writes or changes anything in it.

    That is ``access._role``: in an archived course nobody has a role to act in.
    """
    access.require(
        access.can_archive_course(by, course), _("Only instructors can archive a course.")
    )
    with transaction.atomic():
        archive(course, by=by)
    _forget_memberships(course, by)


def reopen_course(course: Course, *, by: User) -> None:
    """Reopen an archived course: everything is as it was."""
    access.require(
        access.can_archive_course(by, course), _("Only instructors can reopen a course.")
    )
    with transaction.atomic():
        archived = Course.objects.filter(pk=course.pk).exclude(archived_at=None)
        if archived.update(archived_at=None):
            AuditEvent.record("course_reopened", course, by=by, course=course)
    _forget_memberships(course, by)


def delete_course(course: Course, *, by: User) -> None:
    """Delete a course that nobody but one instructor was in, with its prompts, rubrics and norms.

    Raises Refused with what it is used for.
    """
    access.require(
        access.can_archive_course(by, course), _("Only instructors can delete a course.")
    )
    with transaction.atomic():
        # Whoever joins or is invited holds a row lock of the course, so they wait or come first.
        Course.objects.select_for_update().get(pk=course.pk)
        if uses := uses_of_course(course):
            raise Refused(" ".join([_("This course cannot be deleted."), *uses]))
        AuditEvent.record("course_deleted", course, by=by, slug=course.slug, title=course.title)
        try:
            course.prompts.all().delete()
            course.memberships.all().delete()
            course.delete()
        except ProtectedError as error:
            message = _("This course cannot be deleted: something in it is in use. Archive it.")
            raise Refused(message) from error
    by.forget_memberships()


def _forget_memberships(course: Course, by: User) -> None:
    """Let the rest of the request see the course as it is now."""
    course.refresh_from_db(fields=["archived_at"])
    by.forget_memberships()
