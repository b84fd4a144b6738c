"""Take the file of an LMS, and what to write into it. Filling it in changes nothing here."""

from django.db import transaction

from blog import access
from blog.models import AuditEvent, Course, LmsFile, User
from blog.queries.lms_files import read_lms_file

MAX_ANSWER_CHARS = 40
MAX_ANSWERS = 40


def start_lms_file(course: Course, *, by: User, data: bytes, name: str = "") -> LmsFile:
    """Keep a file for a day, to be filled in. Raise TableRefused if it has no grades to fill in."""
    access.require(access.can_change_gradebook(by, course))
    started = LmsFile(course=course, created_by=by, data=data, name=name[:200])
    read_lms_file(started)
    with transaction.atomic():
        started.save()
        AuditEvent.record("lms_file_started", started, by=by, course=course)
    return started


def answer_lms_file(lms_file: LmsFile, *, by: User, answers: dict[str, str]) -> None:
    """Keep what somebody says about a file, beside earlier answers.

    Raise TableRefused if it has no grades to fill in with these: then they are not kept.
    """
    access.require(access.can_change_gradebook(by, lms_file.course))
    given = {name[:MAX_ANSWER_CHARS]: value[:MAX_ANSWER_CHARS] for name, value in answers.items()}
    lms_file.answers = dict([*lms_file.answers.items(), *given.items()][-MAX_ANSWERS:])
    read_lms_file(lms_file)
    with transaction.atomic():
        LmsFile.objects.filter(pk=lms_file.pk).update(answers=lms_file.answers)
        AuditEvent.record("lms_file_answered", lms_file, by=by, course=lms_file.course)
