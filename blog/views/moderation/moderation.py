"""The moderation page: what waits for a decision of the teaching team."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog import access
from blog.queries.waiting_guests import waiting_guests
from blog.web.decorators import in_course


@in_course
@require_safe
def moderation(request, course):
    if not access.can_grade(request.user, course):
        raise PermissionDenied
    context = {"guests": waiting_guests(course, request.user)}
    return render(request, "blog/moderation/moderation.html", context)
