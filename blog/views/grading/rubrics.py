"""Rubrics: for the course's instructors."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from blog import access
from blog.actions.rubrics import save_rubric
from blog.exceptions import Refused, Taken
from blog.forms.grading.rubrics import NewRubricForm, RubricForm
from blog.models import Rubric, User
from blog.web.decorators import in_course, reload_if_stale
from blog.web.forms import status_of
from blog.web.idempotency import create_once


@in_course
def rubric_list(request, course):
    if not access.can_edit_course(request.user, course):
        raise PermissionDenied
    rubrics = course.rubrics.prefetch_related("criteria", "prompts")
    return render(request, "blog/grading/rubric_list.html", {"rubrics": rubrics})


@in_course
def rubric_new(request, course):
    if not access.can_edit_course(request.user, course):
        raise PermissionDenied
    form = NewRubricForm(request.POST or None, course=course)

    def create() -> str:
        _save(form, by=request.user)
        return reverse("rubric_list", args=[course.slug])

    address = create_once(form, f"rubric_new {course.pk}", by=request.user, create=create)
    if address is not None:
        messages.success(request, _("Rubric created. Choose it in a prompt to use it."))
        return redirect(address)
    return render(request, "blog/grading/rubric_new.html", {"form": form}, status=status_of(form))


@reload_if_stale
@in_course
def rubric_edit(request, course, pk):
    if not access.can_edit_course(request.user, course):
        raise PermissionDenied
    rubric = get_object_or_404(Rubric, course=course, pk=pk)
    form = RubricForm(request.POST or None, instance=rubric, course=course)
    if form.is_valid():
        try:
            _save(form, by=request.user)
        except Taken as refusal:
            form.add_error(refusal.field, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Rubric saved."))
            return redirect("rubric_list", course.slug)
    return render(request, "blog/grading/rubric_edit.html", {"form": form}, status=status_of(form))


def _save(form: RubricForm, *, by: User) -> None:
    """Save a valid form; raise Refused if what it was checked against is no longer so."""
    save_rubric(form.save(commit=False), by=by, criteria=form.contents(), released=form.released)
