"""Leave a course, and erase one's own account: a page that says what stays, then the deed."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.actions.erasure import erase_account, leave_course
from blog.exceptions import Refused
from blog.tasks.erased_people import GRADES_NAMED_FOR
from blog.web.confirmed import confirmed_lately
from blog.web.decorators import in_course


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_lately()
def course_leave(request, course):
    """Say what leaving a course means, then leave it."""
    if request.method != "POST":
        return render(request, "blog/accounts/course_leave.html")
    try:
        leave_course(request.membership, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("course_leave", course.slug)
    messages.success(request, _("You have left %(course)s.") % {"course": course})
    return redirect("profile_edit")


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_lately()
def account_erase(request):
    """Say what goes with an account and what stays, then erase it and sign out."""
    if request.method != "POST":
        context = {
            "backups_kept_days": settings.BACKUPS_KEPT_DAYS,
            "profile_url": reverse("profile_edit"),
            "grades_named_days": GRADES_NAMED_FOR.days,
        }
        return render(request, "blog/accounts/account_erase.html", context)
    try:
        erase_account(request.user, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("account_erase")
    logout(request)
    messages.success(request, _("Your account is erased. Goodbye, and thank you for writing here."))
    return redirect("home")
