"""Decorators of pages: members only, instructors only, forms that others may save meanwhile."""

from functools import wraps

from django.contrib.auth.middleware import get_user
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from blog import access
from blog.exceptions import StaleVersion
from blog.models import User
from blog.web.languages import speak_in_course

SAFE_METHODS = ("GET", "HEAD")
# The pages on which the teaching team reads names that their course withholds everywhere else.
PAGES_OF_LISTS = ("blog.views.roster.", "blog.views.gradebook.")


def in_course(view):
    """Pass the view its Course in place of the slug in the address; outsiders get a 404.

    The course comes from the reader's memberships, which are loaded once per request, so this
    costs no query of its own, and an ended membership has no access from the next request on.
    ``request.course`` and ``request.membership`` are set for the masthead, and the page is made in
    the course's zone: a deadline typed or printed is the course's, wherever the reader is. It
    speaks the course's language to a reader who has chosen none.
    ``request.user`` becomes the person instead of what loads them when asked: a page asks for its
    reader some hundred times.
    """

    has_list = view.__module__.startswith(PAGES_OF_LISTS)

    @wraps(view)
    def wrapped(request, course, *args, **kwargs):
        if isinstance(request.user, SimpleLazyObject):
            request.user = get_user(request)
        for membership in request.user.memberships_now:
            if membership.course.slug == course:
                request.course = membership.course
                request.membership = membership
                speak_in_course(request, membership.course)
                if has_list and membership.teaches:
                    request.user.read_list_of(membership.course)
                with timezone.override(membership.course.zone):
                    return view(request, membership.course, *args, **kwargs)
        raise Http404

    return wrapped


def instructors_only(view):
    """Answer 403 to members who are not instructors of the course; goes below ``in_course``.

    Of an archived course instructors see their pages and change nothing.
    """

    @wraps(view)
    def wrapped(request, course, *args, **kwargs):
        is_read = request.method in SAFE_METHODS
        can_enter = access.can_see_settings if is_read else access.can_edit_course
        if not can_enter(request.user, course):
            raise PermissionDenied
        return view(request, course, *args, **kwargs)

    return wrapped


def only_if(can_enter):
    """Answer 403 to members for whom a rule of access says no; goes below ``in_course``.

    Other than ``instructors_only`` it asks the same of pages and forms, also in an archived course.
    """

    def decorate(view):
        @wraps(view)
        def wrapped(request, course, *args, **kwargs):
            if not can_enter(request.user, course):
                raise PermissionDenied
            return view(request, course, *args, **kwargs)

        return wrapped

    return decorate


def reload_if_stale(view):
    """Call a view once more if somebody else saved the row of its form while it was saving.

    The second call reloads the row, so its form is stale and shows both (forms/versions.py).
    Goes above ``in_course``, which reads the course from the memberships of the request's user.
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except StaleVersion:
            request.user = User.objects.get(pk=request.user.pk)
            return view(request, *args, **kwargs)

    return wrapped
