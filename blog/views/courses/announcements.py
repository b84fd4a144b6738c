"""Announcements: their list, and how an instructor makes one, looks at it, and takes it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.announcements import send_announcement, withdraw_announcement
from blog.exceptions import Refused
from blog.forms.courses.announcement import AnnouncementForm
from blog.models import Announcement
from blog.models.announcements import ANNOUNCEMENTS_WAIT
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.idempotency import create_once


@in_course
@require_safe
def announcement_list(request, course):
    """List what was announced in the course; for its instructors also what waits."""
    announcements = Announcement.objects.in_course(course).visible_to(request.user).for_list()
    context = {
        "announcements": announcements,
        "can_announce": access.can_announce(request.user, course),
    }
    return render(request, "blog/courses/announcement_list.html", context)


@in_course
@instructors_only
def announcement_new(request, course):
    """Write an announcement, and look at it before it is sent: a POST here sends nothing."""
    form = AnnouncementForm(request.POST or None)
    return _show_form(request, form, is_previewed=form.is_valid())


@in_course
@require_POST
@instructors_only
def announcement_send(request, course):
    form = AnnouncementForm(request.POST)

    def create() -> str:
        fields = {name: form.cleaned_data[name] for name in ("title", "text")}
        send_announcement(course, by=request.user, **fields)
        return reverse("announcement_list", args=[course.slug])

    address = create_once(form, f"announcement {course.pk}", by=request.user, create=create)
    if address is None:
        return _show_form(request, form)
    messages.success(
        request, _("Your announcement will be sent in 10 minutes. Until then you can withdraw it.")
    )
    return redirect(address)


@in_course
@require_POST
@instructors_only
def announcement_withdraw(request, course, pk):
    announcement = get_object_or_404(Announcement.objects.in_course(course), pk=pk)
    try:
        withdraw_announcement(announcement, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Announcement withdrawn. Nobody received it."))
    return redirect("announcement_list", course.slug)


def _show_form(request, form: AnnouncementForm, *, is_previewed: bool = False):
    context = {
        "form": form,
        "is_previewed": is_previewed,
        "minutes": ANNOUNCEMENTS_WAIT.seconds // 60,
    }
    return render(request, "blog/courses/announcement_new.html", context, status=status_of(form))
