"""The door of every course page."""

from functools import wraps

from django.http import Http404
from django.utils import timezone


def in_course(view):
    """Turn the address's course slug into the Course; outsiders get a 404.

    The course comes from the reader's memberships, which are loaded once per request, so this
    costs no query of its own, and an ended membership shuts the door at the next request.
    ``request.course`` and ``request.membership`` are set for the masthead, and the page is made in
    the course's zone: a deadline typed or printed is the course's, wherever the reader is.
    """

    @wraps(view)
    def wrapped(request, course, *args, **kwargs):
        for membership in request.user.memberships_now:
            if membership.course.slug == course:
                request.course = membership.course
                request.membership = membership
                with timezone.override(membership.course.zone):
                    return view(request, membership.course, *args, **kwargs)
        raise Http404

    return wrapped
