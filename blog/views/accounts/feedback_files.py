"""One's own grades and feedback as files: a table, and a text to read."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from blog import access
from blog.models import name_for
from blog.queries.feedback import readable_feedback
from blog.queries.feedback_replies import own_replies
from blog.takeout.feedback import as_csv, as_markdown
from blog.web.decorators import in_course

WRITERS = {"csv": ("text/csv", as_csv), "md": ("text/markdown", as_markdown)}


@in_course
@require_safe
def feedback_export(request, course, ending):
    """Download one's released grades with their words, as CSV or as Markdown."""
    if not access.can_see_own_work(request.user, course):
        raise PermissionDenied
    if ending not in WRITERS:
        raise Http404
    replies = own_replies(request.user, course)
    grades = readable_feedback(request.user, course)
    rows = [(grade, replies.get(grade.grading.prompt_id)) for grade in reversed(grades)]
    content_type, write = WRITERS[ending]
    return HttpResponse(
        write(course, rows, partial(name_for, reader=request.user)),
        content_type=f"{content_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{course.slug}-grades.{ending}"'},
    )
