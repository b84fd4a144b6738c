"""The door of every course page."""

from functools import wraps

from django.http import Http404


def in_course(view):
    """Turn the address's course slug into the Course; outsiders get a 404.

    The course comes from the reader's memberships, which are loaded once per request, so this
    costs no query of its own, and an ended membership shuts the door at the next request.
    ``request.course`` and ``request.membership`` are set for the masthead.
    """

    @wraps(view)
    def wrapped(request, course, *args, **kwargs):
        for membership in request.user.memberships_now:
            if membership.course.slug == course:
                request.course = membership.course
                request.membership = membership
                return view(request, membership.course, *args, **kwargs)
        raise Http404

    return wrapped
