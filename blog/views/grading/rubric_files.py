"""Rubrics as files: brought in from Canvas, and written for it."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from blog.forms.grading.rubric_file import RubricFileForm, rows_of_file
from blog.forms.grading.rubric_rows import MAX_CRITERIA, write_rows
from blog.models import Rubric
from blog.queries.rubric_file import file_of
from blog.rubric_files import FileRubric, write_rubric
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of


@in_course
@instructors_only
def rubric_import(request, course):
    """Show the rubrics of a file, each with a button that opens it as a new rubric."""
    form = RubricFileForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if form.is_valid():
        context["rubrics"] = [_fields(rubric) for rubric in form.rubrics.rubrics]
    return render(request, "blog/grading/rubric_import.html", context, status=status_of(form))


@in_course
@instructors_only
@require_safe
def rubric_export(request, course, pk):
    """Send a rubric as the CSV that Canvas reads; weights are in the points there."""
    rubric = get_object_or_404(
        Rubric.objects.prefetch_related("criteria__levels"), course=course, pk=pk
    )
    name = slugify(rubric.title) or f"rubric-{rubric.pk}"
    return HttpResponse(
        write_rubric(file_of(rubric)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _fields(rubric: FileRubric) -> dict:
    """Return a rubric of a file with what its form sends to be opened."""
    fields = write_rows(rows_of_file(rubric)[:MAX_CRITERIA])
    return {
        "rubric": rubric,
        "fields": {"key": str(uuid4()), "title": rubric.title, **fields},
        "left_out": [criterion.title for criterion in rubric.criteria[MAX_CRITERIA:]],
    }
