"""Ask the instructors of a course to withhold one's name, and take that back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.withheld_names import ask_to_withhold_name, take_back_asking
from blog.exceptions import Refused
from blog.queries.course_names import name_to_read
from blog.queries.memberships import shown_again
from blog.web.decorators import in_course


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def name_withhold_ask(request, course):
    """Explain what withholding a name does, then ask for it."""
    if not access.can_ask_to_be_withheld(request.user, request.membership):
        raise PermissionDenied
    if request.method != "POST":
        context = {
            "course": course,
            "shown_again": shown_again(request.membership),
            "read_name": name_to_read(request.user),
        }
        return render(request, "blog/accounts/name_withhold_ask.html", context)
    try:
        ask_to_withhold_name(request.membership, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("We told your instructors. This page will show what they decide.")
        )
    return redirect("name_withhold_ask", course.slug)


@in_course
@require_POST
def name_withhold_take_back(request, course):
    """Take back that one asked."""
    take_back_asking(request.membership, by=request.user)
    messages.success(request, _("You no longer ask for it. Your name is shown as before."))
    return redirect("name_withhold_ask", course.slug)
