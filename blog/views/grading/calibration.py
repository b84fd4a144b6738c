"""The posts of a prompt that all graders grade first, and where they differ."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.calibration import begin_calibration, end_calibration
from blog.exceptions import Refused
from blog.forms.grading.calibration import CalibrationForm
from blog.models import Prompt
from blog.queries.calibration import calibration_state
from blog.queries.graded_names import graded_names
from blog.queries.grading_page import criteria_of
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course, only_if
from blog.web.forms import status_of
from blog.web.keys import read_key


@in_course
@only_if(access.can_see_grading)
@require_safe
def grading_calibration(request, course, number):
    """Show who has graded the posts that everybody grades first and, once all have, what."""
    prompt = find_prompt(course, number)
    return _show(request, prompt, CalibrationForm(prompt=prompt, reader=request.user))


@in_course
@only_if(access.can_compare_graders)
@require_POST
def grading_calibration_begin(request, course, number):
    """Choose the posts that everybody grades first."""
    prompt = find_prompt(course, number)
    form = CalibrationForm(request.POST, prompt=prompt, reader=request.user)
    if form.is_valid() and _begin(form, prompt, by=request.user):
        messages.success(request, _("Every grader now finds these posts first in their queue."))
        return redirect("grading_calibration", course.slug, number)
    return _show(request, prompt, form)


@in_course
@only_if(access.can_compare_graders)
@require_POST
def grading_calibration_end(request, course, number):
    """Show what graders chose so far, and ask nobody any more."""
    end_calibration(find_prompt(course, number), by=request.user)
    messages.success(request, _("This page now shows what graders chose."))
    return redirect("grading_calibration", course.slug, number)


def _begin(form: CalibrationForm, prompt: Prompt, *, by) -> bool:
    """Begin the calibration, or say in the form why not; return whether it has begun."""
    try:
        begin_calibration(prompt, form.cleaned_data["posts"], by=by)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _show(request, prompt: Prompt, form: CalibrationForm) -> HttpResponse:
    state = calibration_state(prompt, criteria_of(prompt.rubric))
    sent = form.data.getlist("posts") if form.is_bound else []
    names = graded_names(prompt, request.user)
    posts = form.fields["posts"].queryset
    context = {
        "prompt": prompt,
        "form": form,
        "names": names,
        "posts": sorted(posts, key=lambda post: names.order_of(post.author)),
        "chosen": {read_key(key) for key in sent} - {None},
        "state": state,
        "due": state.due_from(request.user) if state and not state.calibration.has_ended else 0,
        "can_compare": access.can_compare_graders(request.user, prompt.course),
    }
    return render(request, "blog/grading/grading_calibration.html", context, status=status_of(form))
