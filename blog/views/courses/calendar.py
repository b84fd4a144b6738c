"""The calendar of a course: all its dates on one page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.queries.course_calendar import course_calendar
from blog.web.decorators import in_course


@in_course
@require_safe
def course_calendar_page(request, course):
    """List the dates of a course as the reader sees them, month by month."""
    context = {"months": course_calendar(request.user, course), "today": course.today()}
    return render(request, "blog/courses/course_calendar_page.html", context)
