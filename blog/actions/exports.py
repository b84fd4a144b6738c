"""Record that somebody gets a file with grades or people of a course, before it is sent."""

from blog import access
from blog.models import AuditEvent, Course, LmsFile, Prompt, User


def record_grade_export(
    course: Course, *, by: User, file_format: str, prompt: Prompt | None = None, kind: str = ""
) -> AuditEvent:
    """Record a new file of grades, or of the pods. Without a prompt it has all of them."""
    access.require(access.can_export_grades(by, course))
    told = {"prompt": prompt.number, "kind": kind} if prompt else {}
    return AuditEvent.record(
        "grades_exported", course, by=by, course=course, format=file_format, **told
    )


def record_filled_file(lms_file: LmsFile, prompt: Prompt, *, by: User, kind: str) -> AuditEvent:
    """Record that the file of an LMS leaves with the grades of a prompt filled in."""
    access.require(access.can_export_grades(by, lms_file.course))
    return AuditEvent.record(
        "lms_file_filled",
        lms_file,
        by=by,
        course=lms_file.course,
        prompt=prompt.number,
        kind=kind,
    )
