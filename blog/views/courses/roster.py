"""The roster and the pods: for the course's instructors."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions import courses as actions
from blog.exceptions import Refused
from blog.forms.courses.course import MemberForm
from blog.models import Membership
from blog.web.decorators import in_course


def instructors_only(request, course):
    if not access.can_edit_course(request.user, course):
        raise PermissionDenied


@in_course
def roster(request, course):
    instructors_only(request, course)
    members = list(Membership.objects.in_course(course).for_list())
    return render(
        request,
        "blog/courses/roster.html",
        {
            "members": [m for m in members if m.ended_at is None],
            "former": [m for m in members if m.ended_at is not None],
            "join_link": request.build_absolute_uri(
                reverse("join_course", args=[course.join_code])
            ),
        },
    )


@require_POST
@in_course
def join_code_rotate(request, course):
    instructors_only(request, course)
    actions.rotate_join_code(course, by=request.user)
    messages.success(request, _("The course has a new code. The old code and link are dead."))
    return redirect("roster", course.slug)


@in_course
def member_edit(request, course, username):
    instructors_only(request, course)
    member = get_object_or_404(
        Membership.objects.in_course(course).active(), user__username=username
    )
    form = MemberForm(request.POST or None, instance=member)
    if form.is_valid():
        stored = Membership.objects.get(pk=member.pk)
        try:
            actions.change_member(
                stored,
                by=request.user,
                role=form.cleaned_data["role"],
                pod=form.cleaned_data["pod"],
            )
        except Refused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, _("Saved: %(name)s.") % {"name": member.user})
            return redirect("roster", course.slug)
    return render(request, "blog/courses/member_edit.html", {"member": member, "form": form})


@in_course
def member_remove(request, course, username):
    instructors_only(request, course)
    member = get_object_or_404(
        Membership.objects.in_course(course).active(), user__username=username
    )
    if request.method != "POST":
        return render(request, "blog/courses/member_remove.html", {"member": member})
    try:
        actions.remove_member(member, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("%(name)s has no access any more. You can let them in again below.")
            % {"name": member.user},
        )
    return redirect("roster", course.slug)


@require_POST
@in_course
def member_restore(request, course, username):
    instructors_only(request, course)
    member = get_object_or_404(
        Membership.objects.in_course(course).exclude(ended_at=None), user__username=username
    )
    actions.restore_member(member, by=request.user)
    messages.success(request, _("%(name)s is in the course again.") % {"name": member.user})
    return redirect("roster", course.slug)
