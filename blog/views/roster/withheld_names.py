"""Withhold the name of a student, and print it again: also of one who left, and in an archive."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import access
from blog.actions import withheld_names as actions
from blog.exceptions import Refused
from blog.models import Membership, name_for
from blog.queries.course_names import names_of
from blog.text.lists import isolated
from blog.web.decorators import in_course, only_if


@in_course
@require_safe
@only_if(access.can_withhold_names)
def member_name(request, course, username):
    """Show whether a name is withheld, and the button that changes it."""
    member = _member(course, username)
    if not (member.is_student or member.is_confidential):
        raise Http404
    context = {"member": member, **names_of(member)}
    return render(request, "blog/roster/member_name.html", context)


@in_course
@require_POST
@only_if(access.can_withhold_names)
def member_name_withhold(request, course, username):
    """Print a student's course name everywhere but in the roster and the gradebook."""
    member = _member(course, username)
    try:
        gives_name = bool(request.POST.get("gives_name"))
        actions.withhold_name(member, by=request.user, gives_name=gives_name)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        name = name_for(member.user, request.user)
        words = _("The name of %(name)s is withheld. Everyone else sees %(course_name)s.")
        course_name = member.user.neutral_name
        messages.success(
            request,
            words % {"name": isolated(str(name)), "course_name": isolated(str(course_name))},
        )
    return redirect("member_name", course.slug, username)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
@only_if(access.can_withhold_names)
def member_name_print(request, course, username):
    """Ask, then print a member's own name again."""
    member = _member(course, username)
    if request.method != "POST":
        if not (member.is_student or member.is_confidential):
            raise Http404
        name_url = reverse("member_name", args=[course.slug, username])
        context = {"member": member, "name_url": name_url}
        return render(request, "blog/roster/member_name_print.html", context)
    actions.print_name(member, by=request.user)
    words = _("Everyone sees the name of %(name)s again.")
    messages.success(request, words % {"name": isolated(name_for(member.user, request.user))})
    return redirect("member_name", course.slug, username)


def _member(course, username):
    """Return somebody who is or was in the course; of an erased account no name is left."""
    members = Membership.objects.in_course(course).select_related("user", "course")
    return get_object_or_404(members.filter(user__erased_at=None), user__username=username)
