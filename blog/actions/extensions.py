"""Give a student more time for a post, and take that back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused, StaleExtension
from blog.models import (
    AuditEvent,
    Extension,
    Membership,
    Prompt,
    User,
    announce_extension,
    version_of,
)


def give_extension(
    prompt: Prompt,
    student: User,
    *,
    by: User,
    until: datetime,
    seen: Collection[str] | None = None,
) -> Extension:
    """Give a student of the course until a later minute, or change until when they have it.

    They are told, and only they and the teaching team see it. Giving the same again changes
    nothing. ``seen`` has the ``version_of`` each extension that the page showed: StaleExtension,
    and nothing is written, if somebody has given or taken back this one since. None overwrites
    whatever there is.
    """
    access.require(access.can_edit_course(by, prompt.course))
    _refuse_unfit(prompt, student, until)
    with transaction.atomic():
        prompt.lock()
        extension = Extension.objects.filter(prompt=prompt, student=student).first()
        if extension and extension.until == until and extension.taken_back_at is None:
            return extension
        _refuse_stale(extension, seen)
        if extension is None:
            extension = Extension(prompt=prompt, student=student, version=0)
        extension.until, extension.given_by, extension.taken_back_at = until, by, None
        _save(extension)
        announce_extension(extension)
        AuditEvent.record(
            "extension_given",
            extension,
            by=by,
            course=prompt.course,
            student=student.pk,
            until=until.isoformat(),
        )
    return extension


def take_back_extension(
    extension: Extension, *, by: User, seen: Collection[str] | None = None
) -> None:
    """Take an extension back: the due date of all is that of its student again, who is told.

    Refused if the page showed another version of it, as in ``give_extension``.
    """
    access.require(access.can_edit_course(by, extension.prompt.course))
    course = extension.prompt.course
    with transaction.atomic():
        extension.prompt.lock()
        extension.refresh_from_db(fields=["taken_back_at", "version", "until"])
        if extension.taken_back_at is not None:
            return  # a second click
        _refuse_stale(extension, seen)
        extension.taken_back_at = timezone.now()
        _save(extension)
        announce_extension(extension)
        AuditEvent.record(
            "extension_taken_back", extension, by=by, course=course, student=extension.student_id
        )


def _refuse_stale(extension: Extension | None, seen: Collection[str] | None) -> None:
    if extension is not None and seen is not None and version_of(extension) not in seen:
        raise StaleExtension(
            _("This extension was changed in the meantime. Nothing is saved yet."), stored=extension
        )


def _refuse_unfit(prompt: Prompt, student: User, until: datetime) -> None:
    course = prompt.course
    students = Membership.objects.in_course(course).active().students()
    if not students.filter(user=student).exists():
        raise Refused(_("Choose a student of this course."), field="student")
    if until <= prompt.due_at:
        due = date_format(prompt.due_at.astimezone(course.zone), "D j M Y, H:i")
        message = _("The post is due on %(due)s for everyone. Choose a later date.")
        raise Refused(message % {"due": due}, field="until")
    if until <= timezone.now():
        raise Refused(_("This time has passed. Choose a later one."), field="until")
    if course.day_of(until) > course.ends_on:
        message = _(
            "The course ends on %(day)s, and nobody can publish a new post after that. Choose an "
            "earlier date."
        )
        day = date_format(course.ends_on, "D j M Y")
        raise Refused(message % {"day": day}, field="until")


def _save(extension: Extension) -> None:
    extension.version += 1
    extension.changed_at = timezone.now()
    extension.save()
