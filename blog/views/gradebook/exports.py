"""New files of grades: for each LMS, for spreadsheets, and the pods for Canvas."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.exports import record_grade_export
from blog.forms.gradebook.exports import ExportForm
from blog.gradebook_files.exports import FORMATS, write_canvas_groups
from blog.gradebook_files.plain import write_csv, write_workbook
from blog.models import Course, Prompt
from blog.models.languages import words_to_keep
from blog.queries.grade_exports import export_table, lms_export, lms_exports, plain_table
from blog.queries.lms_files import COMMENTS, SUM
from blog.queries.prompt_use import prompts_to_export
from blog.queries.released_grades import released_grades
from blog.web.decorators import in_course, instructors_only, only_if
from blog.web.reauthentication import confirmed_lately
from blog.web.replica import from_replica, reading_replica

CSV = "text/csv; charset=utf-8"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GROUPS = "canvas-groups"


@in_course
@instructors_only
@require_safe
@from_replica
def gradebook_exports(request, course):
    """Offer the files of grades, with how many students each has and leaves out."""
    prompts, first = prompts_to_export(course)
    form = ExportForm(request.GET, prompts=prompts, first=first)
    context = {"form": form}
    if form.chosen:
        prompt, kind = form.chosen
        context |= {
            "prompt": prompt,
            "kind": kind,
            "exports": lms_exports(prompt, kind, _title(course, prompt, kind), request.user),
        }
    return render(request, "blog/gradebook/gradebook_exports.html", context)


@in_course
@require_POST
@only_if(access.can_export_grades)
@confirmed_lately(lambda course, file_format: reverse("gradebook_exports", args=[course.slug]))
def gradebook_export(request, course, file_format):
    """Send one file and record that; 404 for a format that nobody knows.

    The prompt and what of it come with the address, as on the page.
    """
    chosen = None
    if file_format in FORMATS:
        prompts, first = prompts_to_export(course)
        chosen = ExportForm(request.GET, prompts=prompts, first=first).chosen
    if chosen is None and file_format not in (GROUPS, "csv", "xlsx"):
        raise Http404
    prompt, kind = chosen or (None, "")
    with reading_replica():
        file = _export(request, course, file_format, prompt, kind)
    # Before it is sent, and after it was made: SQLite's only writer waits for no file.
    record_grade_export(course, by=request.user, file_format=file_format, prompt=prompt, kind=kind)
    return file


def _export(request, course: Course, file_format: str, prompt: Prompt | None, kind: str):
    if prompt is not None:
        released = released_grades(prompt, kind, request.user)
        table = export_table(course, request.user)
        export = lms_export(file_format, table, released, _title(course, prompt, kind))
        stem = slugify(prompt.title) or f"prompt-{prompt.number}"
        return _file(export.data, CSV, f"{stem}-{kind}-{file_format}.csv")
    if file_format == GROUPS:
        data = write_canvas_groups(export_table(course, request.user).people.values())
        return _file(data, CSV, f"{course.slug}-groups.csv")
    titles, rows = plain_table(course, request.user)
    if file_format == "csv":
        return _file(write_csv(titles, rows), CSV, f"{course.slug}-grades.csv")
    return _file(write_workbook(titles, rows), WORKBOOK, f"{course.slug}-grades.xlsx")


def _title(course: Course, prompt: Prompt, kind: str) -> str:
    """Return the heading of the column in the LMS: the same, whoever of the team exports it."""
    with words_to_keep(course):
        if kind == COMMENTS:
            return _("%(prompt)s: comments") % {"prompt": prompt.title}
        if kind == SUM:
            return _("%(prompt)s: post and comments") % {"prompt": prompt.title}
    return prompt.title


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=content_type,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
