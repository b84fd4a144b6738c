"""The log of a course, for its instructors."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.forms.courses.course_log import CourseLogForm
from blog.queries import course_log as queries
from blog.web.decorators import in_course, instructors_only
from blog.web.keys import read_key


@in_course
@instructors_only
@require_safe
def course_log(request, course):
    """List who did what in a course, the newest first; pages begin at the key of an event."""
    form = CourseLogForm(request.GET)
    before = read_key(request.GET.get("before"))
    page = queries.course_log(course, group=form.chosen, before=before)
    context = {"form": form, "page": page, "group": form.chosen, "is_older": before is not None}
    return render(request, "blog/courses/course_log.html", context)
