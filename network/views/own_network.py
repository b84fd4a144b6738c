"""Checks of the pages of somebody's own network before they change anything."""

from django.core.exceptions import PermissionDenied

from blog import access
from blog.models import Course


def require_own_network(request, course: Course) -> None:
    """Answer 403 to whoever keeps no network in this course, or no longer."""
    if not access.can_keep_network(request.user, course):
        raise PermissionDenied
