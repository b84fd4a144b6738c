"""Find the person whom a button is about."""

from django.shortcuts import get_object_or_404

from blog.models import Course, User


def person_of(course: Course, username: str) -> User:
    """Return somebody who is or was a member of the course, or answer 404."""
    return get_object_or_404(User, username=username, memberships__course=course)
