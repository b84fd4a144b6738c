"""The days on which a course closes, leaves the public web and becomes read-only."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from blog.actions.course_dates import change_course_dates
from blog.exceptions import Refused
from blog.forms.courses.dates import CourseDatesForm
from blog.web.decorators import in_course, instructors_only, reload_if_stale
from blog.web.forms import status_of


@reload_if_stale
@in_course
@instructors_only
def course_dates_edit(request, course):
    """Choose the days, or take them back."""
    form = CourseDatesForm(request.POST or None, instance=copy(course))
    if form.is_valid():
        try:
            change_course_dates(form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Dates saved. Everybody in the course is told in time."))
            return redirect("course_dates_edit", course.slug)
    return render(
        request, "blog/courses/course_dates_edit.html", {"form": form}, status=status_of(form)
    )
