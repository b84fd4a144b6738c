"""Courses whose set-up a person may copy, and those that they may add one to."""

from blog import access
from blog.models import Course, User


def courses_to_copy(user: User) -> list[Course]:
    """Return the courses that a person teaches as an instructor, the latest first."""
    courses = [m.course for m in user.memberships_now if access.can_see_settings(user, m.course)]
    return sorted(courses, key=lambda course: (course.starts_on, course.pk), reverse=True)


def courses_to_add_to(user: User, *, besides: Course) -> list[Course]:
    """Return the other courses whose prompts a person may change, the latest first."""
    return [
        course
        for course in courses_to_copy(user)
        if course.pk != besides.pk and access.can_edit_course(user, course)
    ]
