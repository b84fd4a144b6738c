"""A course: its home, its settings, and opening a new one."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.actions.courses import change_course
from blog.exceptions import NoClockTime, Refused
from blog.forms.courses.settings import CourseSettingsForm
from blog.models import Prompt
from blog.queries.course_home import course_overview
from blog.web.decorators import in_course, instructors_only, reload_if_stale
from blog.web.forms import status_of


@in_course
def course_home(request, course):
    return render(request, "blog/courses/course_home.html", course_overview(request.user, course))


@reload_if_stale
@in_course
@instructors_only
def course_edit(request, course):
    # A copy, so that the masthead does not show a change that is refused.
    form = CourseSettingsForm(request.POST or None, instance=copy(course))
    if form.is_valid() and _save_settings(request, form):
        return redirect("course_edit", course.slug)
    prompts = Prompt.objects.in_course(course)
    return render(
        request,
        "blog/courses/course_edit.html",
        {"form": form, "prompts": prompts},
        status=status_of(form),
    )


def _save_settings(request, form: CourseSettingsForm) -> bool:
    """Save the settings in a valid form, or say in it why not; return whether they are saved."""
    changed = form.save(commit=False)
    try:
        narrowed = change_course(changed, by=request.user, keep_clock_times=form.keeps_clock_times)
    except NoClockTime as refusal:
        form.add_error("time_zone", str(refusal))
        return False
    except Refused as refusal:
        if refusal.field is None:
            raise
        form.add_error(refusal.field, str(refusal))
        return False
    messages.success(request, _("Settings saved."))
    if narrowed:
        messages.info(
            request,
            ngettext(
                "One post had a wider audience. Its audience is now “%(audience)s”.",
                "%(count)d posts had a wider audience. Their audience is now “%(audience)s”.",
                narrowed,
            )
            % {"count": narrowed, "audience": changed.get_widest_audience_display()},
        )
    return True
