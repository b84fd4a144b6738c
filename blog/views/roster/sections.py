"""The sections of a course, which its instructors create, rename and delete."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions.sections import delete_section, save_section
from blog.exceptions import Taken
from blog.forms.roster.sections import NewSectionForm, SectionForm
from blog.queries.memberships import groups_by_name
from blog.text.lists import isolated
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.idempotency import create_once


@in_course
@instructors_only
def section_list(request, course):
    """List the sections with the number of their members, and create one on a POST."""
    form = NewSectionForm(request.POST or None, course=course)

    def create() -> str:
        save_section(form.save(commit=False), by=request.user)
        return reverse("section_list", args=[course.slug])

    address = create_once(form, f"section_list {course.pk}", by=request.user, create=create)
    if address is not None:
        messages.success(request, _("Section created."))
        return redirect(address)
    present = Q(memberships__ended_at=None)
    sections = groups_by_name(
        course.sections.annotate(members=Count("memberships", filter=present))
    )
    context = {"sections": sections, "form": form}
    return render(request, "blog/roster/section_list.html", context, status=status_of(form))


@in_course
@instructors_only
def section_edit(request, course, pk):
    section = get_object_or_404(course.sections, pk=pk)
    name = section.name
    form = SectionForm(request.POST or None, instance=section, course=course)
    if form.is_valid():
        try:
            save_section(form.save(commit=False), by=request.user)
        except Taken as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Section saved."))
            return redirect("section_list", course.slug)
    context = {"name": name, "form": form}
    return render(request, "blog/roster/section_edit.html", context, status=status_of(form))


@in_course
@require_POST
@instructors_only
def section_delete(request, course, pk):
    """Delete a section; its members stay in the course."""
    section = get_object_or_404(course.sections, pk=pk)
    delete_section(section, by=request.user)
    messages.success(request, _("%(section)s deleted.") % {"section": isolated(section.name)})
    return redirect("section_list", course.slug)
