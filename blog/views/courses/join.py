"""Joining a course, by code or by link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.actions.courses import join_course as join_course_action
from blog.exceptions import Refused
from blog.forms.courses.course import (
    JOINING_STOPPED,
    JoinForm,
    normalise_code,
    unknown_code_message,
)
from blog.models import Course
from blog.text.lists import isolated
from blog.web.pending_join import limit_wrong_codes


@login_not_required
def join(request):
    """Ask for a code. The form is a GET, so that a visitor's code survives signing in."""
    form = JoinForm(request.GET or None) if "code" in request.GET else JoinForm()
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if Course.objects.filter(join_code=code).exists():
            return redirect("join_course", code=code)
        limit_wrong_codes(request)
        form.add_error("code", unknown_code_message(code))
    return render(request, "blog/courses/join.html", {"form": form})


@login_not_required
def join_course(request, code):
    """Show the course of a code, and join it on a POST.

    A visitor signs in first, or creates an account; a code that no longer works is refused before.
    """
    code = normalise_code(code)
    course = Course.objects.filter(join_code=code).first()
    if course is None:
        limit_wrong_codes(request)
        return _refuse(request, code, unknown_code_message(code))
    if request.user.is_authenticated and request.user.membership_in(course):
        return redirect(course)
    if not course.can_be_joined or course.is_archived:
        return _refuse(request, code, JOINING_STOPPED)
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("join_course", args=[code]))
    if request.method != "POST":
        return render(request, "blog/courses/join_course.html", {"joining": course})
    try:
        join_course_action(course, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("home")
    messages.success(request, _("Welcome to %(course)s.") % {"course": isolated(course.title)})
    return redirect(course)


def _refuse(request, code, message):
    """Show the form for a code again, with the error in this one."""
    form = JoinForm({"code": code})
    form.add_error("code", message)
    return render(request, "blog/courses/join.html", {"form": form}, status=404)
