"""Withhold the name of a student, and print it again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions import withheld_names as actions
from blog.exceptions import Refused
from blog.models import Membership, name_for
from blog.web.decorators import in_course, instructors_only


@in_course
@require_POST
@instructors_only
def member_name_withhold(request, course, username):
    """Print a student's course name everywhere but in the roster and the gradebook."""
    member = _member(course, username)
    try:
        actions.withhold_name(member, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        name = name_for(member.user, request.user)
        words = _("The name of %(name)s is withheld. Everybody else reads %(course_name)s.")
        course_name = member.user.neutral_name
        messages.success(request, words % {"name": name, "course_name": course_name})
    return redirect("member_edit", course.slug, username)


@in_course
@require_POST
@instructors_only
def member_name_print(request, course, username):
    """Print a member's own name again."""
    member = _member(course, username)
    actions.print_name(member, by=request.user)
    words = _("Everybody reads the name of %(name)s again.")
    messages.success(request, words % {"name": name_for(member.user, request.user)})
    return redirect("member_edit", course.slug, username)


def _member(course, username):
    return get_object_or_404(Membership.objects.in_course(course).active(), user__username=username)
