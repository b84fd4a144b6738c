"""Opening a course: from nothing, from a template, from another course, or from a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog import access
from blog.actions.courses import create_course
from blog.actions.setups import create_course_from
from blog.exceptions import Refused
from blog.forms.courses.course import NewCourseForm
from blog.forms.courses.course_templates import COURSE_TEMPLATES, template_setup
from blog.forms.courses.new_course import (
    CopiedCourseForm,
    NewCourseFromSetupForm,
    SetupFileForm,
    first_values,
)
from blog.forms.courses.setup_rows import moved_to, offered_setup
from blog.models import Course, Norm, Prompt, User
from blog.queries.course_setup import setup_of
from blog.queries.setup_sources import courses_to_copy
from blog.setup_files import Setup
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.rate_limits import HOUR, enforce_rate_limit

FILES = 60  # an hour; a large one takes a second


def course_new(request):
    """Open a course from nothing; with ``?from=`` ask what one from a set-up is to be."""
    _require_opener(request)
    offered, titled = _named_setup(request.user, request.GET.get("from", ""))
    if offered is not None and request.method != "POST":
        initial = first_values(offered, today=timezone.localdate(), titled=titled)
        form = CopiedCourseForm(opener=request.user, offered=offered, initial=initial)
        return _ask(request, form)
    form = NewCourseForm(request.POST or None, opener=request.user)

    def create() -> str:
        fields = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        return _next_steps(create_course(by=request.user, **fields))

    address = create_once(form, "course_new", by=request.user, create=create)
    if address is not None:
        messages.success(request, _("Your course is open."))
        return redirect(address)
    return _ask(request, form)


def course_new_file(request):
    """Read the file of a set-up, and ask what the course is to be."""
    _require_opener(request)
    if request.method != "POST":
        return redirect("course_new")
    enforce_rate_limit(request, "set-up file", FILES, per=HOUR)
    file_form = SetupFileForm(request.POST, request.FILES)
    if not file_form.is_valid():
        form = NewCourseForm(opener=request.user)
        return _ask(request, form, file_form=file_form)
    offered = file_form.found.setup
    initial = first_values(offered, today=timezone.localdate())
    form = CopiedCourseForm(opener=request.user, offered=offered, initial=initial)
    return _ask(request, form, unknown=file_form.found.unknown)


def course_new_preview(request):
    """Show what a course from a set-up will have, with the dates moved to its term."""
    _require_opener(request)
    offered = offered_setup(request.POST)
    if offered is None:
        return redirect("course_new")
    form = CopiedCourseForm(request.POST, opener=request.user, offered=offered)
    if not form.is_valid():
        return _ask(request, form)
    moved = moved_to(offered, form.cleaned_data["starts_on"])
    if moved is None:
        form.add_error("starts_on", _("This day is too far away."))
        return _ask(request, form)
    initial = {name: form.cleaned_data[name] for name in form._meta.fields}
    preview = NewCourseFromSetupForm(opener=request.user, offered=moved, initial=initial)
    return _preview(request, preview)


def course_new_create(request):
    """Open the course that the preview shows."""
    _require_opener(request)
    offered = offered_setup(request.POST)
    if offered is None:
        return redirect("course_new")
    form = NewCourseFromSetupForm(request.POST, opener=request.user, offered=offered)

    def create() -> str:
        course = create_course_from(form.chosen, by=request.user, **form.course_fields)
        return _next_steps(course)

    try:
        address = create_once(form, "course_new_create", by=request.user, create=create)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        address = None
    if address is not None:
        messages.success(request, _("Your course is open."))
        return redirect(address)
    return _preview(request, form)


@in_course
@instructors_only
@require_safe
def course_start(request, course):
    """Show what comes next in a new course: its people, its first prompt, its norms."""
    context = {
        "prompt_count": Prompt.objects.in_course(course).count(),
        "people_count": course.memberships.active().exclude(user=request.user).count(),
        "norm_count": Norm.objects.in_course(course).current().count(),
    }
    return render(request, "blog/courses/course_start.html", context)


def _require_opener(request) -> None:
    if not access.can_open_course(request.user):
        raise PermissionDenied


def _next_steps(course: Course) -> str:
    return reverse("course_start", args=[course.slug])


def _named_setup(user: User, source: str) -> tuple[Setup | None, bool]:
    """Return the set-up that an address names, and whether its title is a course's.

    ``template:seminar`` is one of ours, ``course:edci338`` a course that the person teaches.
    """
    kind, _colon, name = source.partition(":")
    if kind == "template":
        return template_setup(name, time_zone=user.time_zone), False
    course = next((one for one in courses_to_copy(user) if one.slug == name), None)
    if kind != "course" or course is None:
        return None, False
    return setup_of(course), True


def _ask(request, form: NewCourseForm, **context) -> HttpResponse:
    """Return the page that asks what a course is to be, with what it can begin with."""
    context = {
        "form": form,
        "offered": getattr(form, "offered", None),
        "file_form": SetupFileForm(),
        "course_templates": COURSE_TEMPLATES,
        "courses": courses_to_copy(request.user),
    } | context
    sent = [form, *([context["file_form"]] if context["file_form"].is_bound else [])]
    return render(request, "blog/courses/course_new.html", context, status=status_of(*sent))


def _preview(request, form: NewCourseFromSetupForm) -> HttpResponse:
    context = {"form": form, "refused_dates": form.is_bound and bool(form.errors)}
    return render(request, "blog/courses/course_new_preview.html", context, status=status_of(form))
