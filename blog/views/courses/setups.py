"""The set-up of a course: as a file, added from one, and prompts carried to another course."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from blog import access
from blog.actions.setups import add_setup
from blog.exceptions import Refused
from blog.forms.courses.new_course import SetupFileForm
from blog.forms.courses.setup_import import AddSetupForm, CarryForm
from blog.forms.courses.setup_rows import moved_to, offered_setup
from blog.models import Course, Prompt
from blog.queries.course_setup import setup_of, setup_preview
from blog.queries.setup_sources import courses_to_add_to
from blog.setup_files import Setup, write_setup
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.rate_limits import HOUR, enforce_rate_limit

FILES = 60  # an hour; a large one takes a second


@in_course
@instructors_only
@require_safe
def setup_page(request, course):
    """Show what can be done with the set-up of a course."""
    return _page(request, course, SetupFileForm())


@in_course
@instructors_only
@require_safe
def setup_export(request, course):
    """Send the set-up of a course as a file."""
    return HttpResponse(
        write_setup(setup_of(course)),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{course.slug}-set-up.json"'},
    )


@in_course
@instructors_only
def setup_import(request, course):
    """Show what the file of a set-up would add to a course."""
    if request.method != "POST":
        return redirect("setup_page", course.slug)
    enforce_rate_limit(request, "set-up file", FILES, per=HOUR)
    file_form = SetupFileForm(request.POST, request.FILES)
    if not file_form.is_valid():
        return _page(request, course, file_form)
    form = AddSetupForm(course=course, offered=_moved(file_form.found.setup, course))
    return _preview(request, form, unknown=file_form.found.unknown)


@in_course
@instructors_only
def setup_add(request, course):
    """Add what the preview shows to a course."""
    offered = offered_setup(request.POST) if request.method == "POST" else None
    if offered is None:
        return redirect("setup_page", course.slug)
    form = AddSetupForm(request.POST, course=course, offered=offered)

    def create() -> str:
        prompts = add_setup(course, form.chosen, by=request.user, as_drafts=True)
        added = ngettext(
            "%(count)d prompt added, as a draft that only the teaching team sees.",
            "%(count)d prompts added, as drafts that only the teaching team sees.",
            len(prompts),
        )
        messages.success(request, added % {"count": len(prompts)})
        return reverse("prompt_list", args=[course.slug])

    try:
        address = create_once(form, f"setup_add {course.pk}", by=request.user, create=create)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        address = None
    return _preview(request, form) if address is None else redirect(address)


@in_course
@instructors_only
@require_safe
def prompts_carry(request, course):
    """Choose prompts and another course, and show what that would get; nothing is changed.

    The prompts come as ``?prompt=3&prompt=4``, the course as ``to``.
    """
    courses = courses_to_add_to(request.user, besides=course)
    prompts = Prompt.objects.in_course(course)
    sent = request.GET if "to" in request.GET else None
    initial = {"prompt": request.GET.getlist("prompt")}
    form = CarryForm(sent, prompts=prompts, courses=courses, initial=initial)
    if form.is_valid():
        target = next(one for one in courses if one.slug == form.cleaned_data["to"])
        carried = _moved(setup_of(course, numbers=form.cleaned_data["prompt"]), target)
        preview = AddSetupForm(course=target, offered=carried)
        return _preview(request, preview, carry_form=form)
    context = {"form": form, "courses": courses, "prompts": prompts}
    if not courses:
        context["can_open_course"] = access.can_open_course(request.user)
    return render(request, "blog/courses/prompts_carry.html", context, status=status_of(form))


def _moved(setup: Setup, course: Course) -> Setup:
    """Return a set-up with its dates moved to the term of a course, where there is a way."""
    return moved_to(setup, course.starts_on) or setup


def _page(request, course: Course, file_form: SetupFileForm) -> HttpResponse:
    context = {
        "file_form": file_form,
        "prompt_count": course.prompts.count(),
        "can_open_course": access.can_open_course(request.user),
    }
    return render(request, "blog/courses/setup_page.html", context, status=status_of(file_form))


def _preview(request, form: AddSetupForm, **context) -> HttpResponse:
    context |= {
        "form": form,
        "target": form.course,
        "has": setup_preview(form.course, form.offered),
    }
    return render(request, "blog/courses/setup_preview.html", context, status=status_of(form))
