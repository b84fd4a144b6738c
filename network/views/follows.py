"""Follow and unfollow: one silent click each, in sight of nobody."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from blog import access
from blog.models import User
from blog.web.decorators import in_course
from network import actions


@require_POST
@in_course
def follow(request, course, username):
    """Set whether the reader follows a person. Said twice it is as said once.

    There is no message: the button says it. Somebody who has left can still be unfollowed.
    """
    person = get_object_or_404(User, username=username, memberships__course=course)
    match request.POST.get("value"):
        case "follow":
            if not access.can_follow(request.user, person, course):
                raise PermissionDenied
            actions.follow(course, by=request.user, person=person)
        case "unfollow":
            actions.unfollow(course, by=request.user, person=person)
        case _:
            raise BadRequest("value is follow or unfollow")
    return redirect(_way_back(request, course, person))


def _way_back(request, course, person) -> str:
    """Return the page the button stood on; never another site, whatever the form says."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return back
    return reverse("person_page", args=[course.slug, person.username])
