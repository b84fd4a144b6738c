"""A course of an LMS and a course here: an instructor connects the two."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog import access, lms_access
from blog.actions.launches import enter_course
from blog.actions.platform_courses import connect_course
from blog.exceptions import Refused
from blog.forms.lti.courses import ConnectCourseForm
from blog.models import Course, Launch, PlatformCourse, Prompt, User
from blog.views.lti.words import AGAIN, refused_words
from blog.web.forms import status_of
from blog.web.launches import find_launch, reason_without
from blog.web.reauthentication import ask_before_saving, fill_from_before


def page_of(request, course: Course, launch: Launch, person: User) -> str:
    """Return the page of the prompt that a link names, or of the course; say if there is none.

    Nothing is said of a prompt that is not open yet: it is still to come.
    """
    if not launch.prompt:
        return course.get_absolute_url()
    prompts = Prompt.objects.in_course(course).filter(link_name=launch.prompt)
    prompt = prompts.visible_to(person).first()
    if prompt is not None:
        return reverse("prompt_page", args=[course.slug, prompt.number])
    if not prompts.exists():
        messages.info(request, _("The prompt of this link is not here any more."))
    return course.get_absolute_url()


@require_http_methods(["GET", "HEAD", "POST"])
def lti_course(request, token):
    """Ask an instructor which course theirs in the LMS belongs to; tell others to wait.

    Connecting gives everybody who teaches there the same right here, so it asks who sits there: the
    LMS has not.
    """
    launch = find_launch(token)
    if launch is None or not lms_access.can_follow_launch(request.user, launch):
        context = {"words": refused_words(reason_without(token))}
        return render(request, "blog/lti/lti_refused.html", context, status=403)
    connected = PlatformCourse.objects.sending(launch)
    if connected is not None:
        return _go_on(request, launch, connected.course)
    if launch.role != "instructor" or not launch.context_id:
        return render(request, "blog/lti/lti_not_yet.html", {"launch": launch})
    courses = [
        membership.course
        for membership in request.user.memberships_now
        if access.can_edit_course(request.user, membership.course)
    ]
    form = ConnectCourseForm(request.POST or None, courses=courses)
    if form.is_valid():
        if question := ask_before_saving(request):
            return question
        try:
            connect_course(launch, form.cleaned_data["course"], by=request.user)
            course = enter_course(launch, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Connected. Students can come from the LMS now."))
            return redirect("connected_course_list", course.slug)
    context = {
        "launch": launch,
        "form": form,
        "is_unsaved": fill_from_before(form, request),
        "courses": courses,
        "can_open": access.can_open_course(request.user),
    }
    return render(request, "blog/lti/lti_course.html", context, status=status_of(form))


def _go_on(request, launch: Launch, course: Course):
    """Redirect a member to their page; others come again, and are told why they are none."""
    if request.user.membership_in(course) is not None:
        return redirect(page_of(request, course, launch, request.user))
    return render(request, "blog/lti/lti_refused.html", {"words": AGAIN}, status=403)
