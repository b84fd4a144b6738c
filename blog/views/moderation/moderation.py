"""The page of the teaching team: waiting cases, hidden posts and comments, decisions."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog import access
from blog.queries.moderation import decisions_in, moderation_page
from blog.queries.waiting_guests import waiting_guests
from blog.views.moderation.case import decision_forms
from blog.web.decorators import in_course

DECISIONS_PER_PAGE = 50


@in_course
@require_safe
def moderation(request, course):
    if not access.can_see_moderation(request.user, course):
        raise PermissionDenied
    page = moderation_page(request.user, course)
    can_decide = access.can_moderate_in(request.user, course)
    page["waiting"] = [
        (entry, decision_forms(entry) if can_decide else []) for entry in page["waiting"]
    ]
    page["guests"] = waiting_guests(course, request.user)
    return render(request, "blog/moderation/moderation.html", page)


@in_course
@require_safe
def moderation_log(request, course):
    """List all decisions of a course, the newest first."""
    if not access.can_see_moderation(request.user, course):
        raise PermissionDenied
    decisions = Paginator(decisions_in(request.user, course), DECISIONS_PER_PAGE)
    page = decisions.get_page(request.GET.get("page"))
    return render(request, "blog/moderation/moderation_log.html", {"page": page})
