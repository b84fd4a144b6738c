"""Tables of grades: upload one, look at what it changes, import it, undo it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from blog.actions.grade_imports import import_grades, start_grade_import, undo_grade_import
from blog.exceptions import Refused
from blog.forms.gradebook.lms_files import GradeImportForm
from blog.models import Course, GradeImport
from blog.queries.grade_import import import_preview
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.uploads import start_upload

MAX_LISTED = 20


@in_course
@instructors_only
def grade_import_new(request, course):
    """Take a table of grades, and lead to what it changes."""
    form = GradeImportForm(request.POST or None, request.FILES or None)
    address = start_upload(
        request,
        form,
        f"grade_import_new {course.pk}",
        scope="grade import",
        start=lambda: _start(request, course, form),
    )
    if address is not None:
        return redirect(address)
    earlier = GradeImport.objects.in_course(course).finished().select_related("created_by")
    context = {"form": form, "imports": earlier.defer("data", "changes")[:MAX_LISTED]}
    return render(request, "blog/gradebook/grade_import_new.html", context, status=status_of(form))


def _start(request, course: Course, form: GradeImportForm) -> str:
    started = start_grade_import(course, by=request.user, **form.content)
    return reverse("grade_import", args=[course.slug, started.pk])


@in_course
@instructors_only
@require_safe
def grade_import(request, course, pk):
    """Show what a table changes, or what it has changed."""
    found = _find(course, pk)
    if found.imported_at is not None:
        return render(request, "blog/gradebook/grade_import_done.html", {"grade_import": found})
    context = {"grade_import": found, "preview": import_preview(found, request.user)}
    return render(request, "blog/gradebook/grade_import.html", context)


@in_course
@require_POST
@instructors_only
def grade_import_add(request, course, pk):
    """Import the grades of a table; a second click is answered as the first one."""
    try:
        imported = import_grades(_find(course, pk), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        count = len(imported.changes["gradings"])
        words = ngettext("%(n)d grade changed.", "%(n)d grades changed.", count)
        messages.success(request, words % {"n": count})
    return redirect("grade_import", course.slug, pk)


@in_course
@require_POST
@instructors_only
def grade_import_undo(request, course, pk):
    """Undo what importing a table did, but for grades that were changed since."""
    undone = undo_grade_import(_find(course, pk), by=request.user)
    if undone.undone_at is not None:
        messages.success(request, _("Import undone."))
    return redirect("grade_import", course.slug, pk)


def _find(course: Course, pk: int) -> GradeImport:
    return get_object_or_404(GradeImport.objects.in_course(course), pk=pk)
