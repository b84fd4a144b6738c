"""The days on which a course closes, leaves the public web, becomes read-only, and is erased."""

from copy import copy
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from blog import access
from blog.actions.course_dates import SavedDays, change_course_dates, choose_day_to_erase
from blog.exceptions import Refused
from blog.forms.courses.dates import CourseDatesForm, ErasingForm
from blog.models import Course
from blog.models.courses import DATES_AHEAD, ERASED_ON, TOLD_DAYS_AHEAD
from blog.queries.course_ends import prompts_due_after
from blog.web.decorators import in_course, instructors_only, only_if, reload_if_stale
from blog.web.forms import UNPROCESSABLE, status_of
from blog.web.reauthentication import ask_before_saving, fill_from_before


@reload_if_stale
@in_course
@instructors_only
def course_dates_edit(request, course):
    """Choose the days, or take them back; asks before a day earlier than a due date."""
    form = CourseDatesForm(request.POST or None, instance=copy(course))
    later = _later(course, form) if form.is_valid() else {}
    if form.is_valid() and not later:
        try:
            saved = change_course_dates(form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            _tell(request, saved, _said(form))
            return redirect("course_dates_edit", course.slug)
    status = UNPROCESSABLE if later else status_of(form)
    context = {"form": form, **later}
    return render(request, "blog/courses/course_dates_edit.html", context, status=status)


@reload_if_stale
@in_course
@only_if(access.can_erase_course)
def course_erase(request, course):
    """Choose the day on which the course is erased, or take it back; also of an archived course.

    Asks who sits there before a day is saved; taking one back takes nothing from anybody.
    """
    form = ErasingForm(request.POST or None, instance=copy(course))
    is_unsaved = fill_from_before(form, request)
    if form.is_valid():
        day = form.cleaned_data[ERASED_ON]
        is_needed = day is not None and day >= course.earliest_erased_on
        if question := ask_before_saving(request, is_needed=is_needed):
            return question
        try:
            saved = choose_day_to_erase(form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            _tell(request, saved, _said_of_erasing(day))
            return redirect("course_erase", course.slug)
    context = {
        "form": form,
        "is_unsaved": is_unsaved,
        "backups_kept_days": settings.BACKUPS_KEPT_DAYS,
    }
    return render(request, "blog/courses/course_erase.html", context, status=status_of(form))


def _tell(request, saved: SavedDays, said: str) -> None:
    """Add the message on what was saved, and on who is told that an earlier day is no more."""
    if not saved.changed:
        messages.info(request, _("Nothing changed."))
        return
    if saved.is_told:
        said += " " + _("People who got an email about an earlier day get another one.")
    messages.success(request, said)


def _said_of_erasing(day) -> str:
    if day is None:
        return _("Taken back. The course is not erased.")
    return _("Day saved. Everyone in the course is told 30 and 7 days before.")


def _later(course, form) -> dict:
    """Return the dates after a new last day, unless they were seen for this very day."""
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
    """Describe the saved dates: nobody is told of none.

    Of the day on which nobody new can join, those who are in the course need not know.
    """
    chosen = {field for field in DATES_AHEAD if form.cleaned_data[field]}
    if chosen == {"closes_on"}:
        return _("Dates saved. The teaching team is told in time.")
    if chosen:
        return _("Dates saved. Everyone in the course is told in time.")
    return _("Saved. Nothing happens to the course automatically.")
