"""The roster: the members of a course, their roles and pods, and the course code."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions import courses as actions
from blog.exceptions import Refused
from blog.forms.roster.roster import MemberForm, RosterFilterForm
from blog.models import Membership, name_for
from blog.queries.course_names import names_of
from blog.queries.extensions import prompts_with_extension
from blog.queries.roster import groups_of, roster_page
from blog.text.lists import isolated
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.reauthentication import (
    ask_before_saving,
    ask_who_it_is,
    fill_from_before,
    was_confirmed_lately,
)


@in_course
@instructors_only
def roster(request, course):
    """Show the people whom the filters of the address leave, and how others join."""
    pods, sections = groups_of(course)
    form = RosterFilterForm(request.GET or None, pods=pods, sections=sections)
    join_path = reverse("join_course", args=[course.join_code])
    context = {
        "form": form,
        "page": roster_page(course, form.chosen),
        "join_link": request.build_absolute_uri(join_path),
    }
    return render(request, "blog/roster/roster.html", context)


@in_course
@require_POST
@instructors_only
def join_code_rotate(request, course):
    actions.rotate_join_code(course, by=request.user)
    messages.success(request, _("The course has a new code. The old code and link no longer work."))
    return redirect("roster", course.slug)


@in_course
@require_POST
@instructors_only
def joining_stop(request, course):
    actions.open_joining(course, by=request.user, is_open=False)
    messages.success(request, _("Nobody can join with the code now. Invitations still work."))
    return redirect("roster", course.slug)


@in_course
@require_POST
@instructors_only
def joining_start(request, course):
    actions.open_joining(course, by=request.user, is_open=True)
    messages.success(request, _("Everyone with the code or the link can join now."))
    return redirect("roster", course.slug)


@in_course
@instructors_only
def member_edit(request, course, username):
    member = get_object_or_404(
        Membership.objects.in_course(course).active(), user__username=username
    )
    form = MemberForm(request.POST or None, instance=member)
    if form.is_valid():
        stored = Membership.objects.get(pk=member.pk)
        role = form.cleaned_data["role"]
        gives_rights = role in Membership.TEACHING and role != stored.role
        if question := ask_before_saving(request, is_needed=gives_rights):
            return question
        try:
            actions.change_member(
                stored,
                by=request.user,
                role=role,
                pod=form.cleaned_data["pod"],
                section=form.cleaned_data["section"],
            )
        except Refused as refusal:
            form.add_error("role", str(refusal))
        else:
            name = name_for(member.user, request.user)
            messages.success(
                request, _("Changes to %(name)s saved.") % {"name": isolated(str(name))}
            )
            return redirect("roster", course.slug)
    context = {"member": member, "form": form, "is_unsaved": fill_from_before(form, request)}
    if member.is_student:
        context |= names_of(member)
        context["prompts"] = prompts_with_extension(member.user, course)
    return render(request, "blog/roster/member_edit.html", context, status=status_of(form))


@in_course
@instructors_only
def member_remove(request, course, username):
    """Ask, then remove a member; a second click is answered as the first one."""
    members = Membership.objects.in_course(course)
    if request.method != "POST":
        members = members.active()
    member = get_object_or_404(members, user__username=username)
    if request.method != "POST":
        context = {"member": member, "roster_url": reverse("roster", args=[course.slug])}
        return render(request, "blog/roster/member_remove.html", context)
    try:
        actions.remove_member(member, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("%(name)s no longer has access. You can let them back in below.")
            % {"name": isolated(name_for(member.user, request.user))},
        )
    return redirect("roster", course.slug)


@in_course
@require_POST
@instructors_only
def member_restore(request, course, username):
    member = get_object_or_404(Membership.objects.in_course(course), user__username=username)
    if member.teaches and not was_confirmed_lately(request):
        return ask_who_it_is(reverse("roster", args=[course.slug]))
    try:
        actions.restore_member(member, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        name = name_for(member.user, request.user)
        messages.success(
            request, _("%(name)s is back in the course.") % {"name": isolated(str(name))}
        )
    return redirect("roster", course.slug)
