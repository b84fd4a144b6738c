"""Joining a course, by code or by link."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from blog.actions.courses import join_course as join_course_action
from blog.exceptions import Refused
from blog.forms.courses.course import JoinForm, normalise_code, unknown_code_message
from blog.models import Course
from blog.web.rate_limits import HOUR, enforce_rate_limit


def join(request):
    """Ask for a code. The form is a GET, so that a visitor's code survives signing in."""
    form = JoinForm(request.GET or None) if "code" in request.GET else JoinForm()
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if Course.objects.filter(join_code=code).exists():
            return redirect("join_course", code=code)
        enforce_rate_limit(request, "join", 10, per=HOUR)
        form.add_error("code", unknown_code_message(code))
    return render(request, "blog/courses/join.html", {"form": form})


def join_course(request, code):
    """Show the course of a code, and join it on a POST."""
    code = normalise_code(code)
    course = Course.objects.filter(join_code=code).first()
    if course is None:
        enforce_rate_limit(request, "join", 10, per=HOUR)
        form = JoinForm({"code": code})
        form.add_error("code", unknown_code_message(code))
        return render(request, "blog/courses/join.html", {"form": form}, status=404)
    if request.user.membership_in(course):
        return redirect(course)
    if request.method != "POST":
        return render(request, "blog/courses/join_course.html", {"joining": course})
    try:
        join_course_action(course, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("home")
    messages.success(request, _("Welcome to %(course)s.") % {"course": course.title})
    return redirect(course)
