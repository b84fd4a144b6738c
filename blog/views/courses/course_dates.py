"""The days on which a course closes, leaves the public web and becomes read-only."""

from copy import copy
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from blog.actions.course_dates import change_course_dates
from blog.exceptions import Refused
from blog.forms.courses.dates import CourseDatesForm
from blog.models import Course
from blog.models.courses import DATES_AHEAD, TOLD_DAYS_AHEAD
from blog.queries.course_ends import prompts_due_after
from blog.web.decorators import in_course, instructors_only, reload_if_stale
from blog.web.forms import UNPROCESSABLE, status_of


@reload_if_stale
@in_course
@instructors_only
def course_dates_edit(request, course):
    """Choose the days, or take them back; asks before a day that comes before what is due."""
    form = CourseDatesForm(request.POST or None, instance=copy(course))
    later = _later(course, form) if form.is_valid() else {}
    if form.is_valid() and not later:
        try:
            change_course_dates(form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _said(form))
            return redirect("course_dates_edit", course.slug)
    status = UNPROCESSABLE if later else status_of(form)
    context = {"form": form, **later}
    return render(request, "blog/courses/course_dates_edit.html", context, status=status)


def _later(course, form) -> dict:
    """Return what is still to come after a new last day, unless it was seen for this very day."""
    day = form.cleaned_data["read_only_on"]
    stored = Course.objects.get(pk=course.pk).read_only_on
    if day is None or day == stored or form.data.get("sure") == str(day):
        return {}
    if day < course.today() + timedelta(days=TOLD_DAYS_AHEAD[-1]):
        return {}  # it is refused as it is
    prompts = prompts_due_after(course, day)
    ends_on = course.ends_on if course.ends_on >= day else None
    return {"later": prompts, "ends_on": ends_on, "day": day} if prompts or ends_on else {}


def _said(form) -> str:
    """Say what is true of the dates that were saved: nobody is told of none.

    Of the day on which nobody new can join, those who are in the course need not know.
    """
    chosen = {field for field in DATES_AHEAD if form.cleaned_data[field]}
    if chosen == {"closes_on"}:
        return _("Dates saved. The teaching team is told in time.")
    if chosen:
        return _("Dates saved. Everybody in the course is told in time.")
    return _("Saved. Nothing happens to the course by itself.")
