"""The reader's own time on the grading desk: what is measured, its switch, and its deletion."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.grading_times import choose_grading_times, delete_grading_times
from blog.models import GradingTime
from blog.queries.grading_pace import FEWEST_TIMES, pace_of
from blog.web.decorators import in_course, only_if


@in_course
@only_if(access.can_see_grading)
@require_safe
def grading_times(request, course):
    """Show what is measured of the reader's time, and how long a post takes them."""
    context = {
        "pace": pace_of(request.user, course, left=1),
        "count": GradingTime.objects.visible_to(request.user).count(),
        "fewest": FEWEST_TIMES,
    }
    return render(request, "blog/grading/grading_times.html", context)


@in_course
@only_if(access.can_see_grading)
@require_POST
def grading_times_on(request, course):
    choose_grading_times(request.user, by=request.user, is_on=True)
    messages.success(request, _("Time is measured from now on."))
    return redirect("grading_times", course.slug)


@in_course
@only_if(access.can_see_grading)
@require_POST
def grading_times_off(request, course):
    choose_grading_times(request.user, by=request.user, is_on=False)
    messages.success(request, _("Time is no longer measured."))
    return redirect("grading_times", course.slug)


@in_course
@only_if(access.can_see_grading)
@require_POST
def grading_times_delete(request, course):
    n = delete_grading_times(request.user, by=request.user)
    deleted = ngettext("%(n)d time deleted.", "%(n)d times deleted.", n) % {"n": n}
    messages.success(request, deleted)
    return redirect("grading_times", course.slug)
