"""Record that somebody gets a file with grades or people of a course, before it is sent."""

from blog import access
from blog.models import AuditEvent, Course, LmsFile, Membership, Prompt, User


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


def record_wordpress_export(membership: Membership, *, by: User) -> AuditEvent:
    """Record that somebody takes their posts of a course with them, as a file for WordPress."""
    access.require(access.can_take_everything(by, membership.user))
    course = membership.course
    return AuditEvent.record("wordpress_exported", membership, by=by, course=course)
