"""Leave a course, and erase one's own account: a page that says what stays, then the action."""

from allauth.account.adapter import get_adapter
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
from blog.text.lists import isolated
from blog.web.decorators import in_course
from blog.web.reauthentication import confirmed_lately, was_asked_just_now


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_lately()
def course_leave(request, course):
    """Explain what leaving a course means, then leave it."""
    if request.method != "POST":
        return render(request, "blog/accounts/course_leave.html")
    try:
        leave_course(request.membership, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("course_leave", course.slug)
    words = _(
        "You have left %(course)s. What you wrote there stays, and you can still take it with you."
    )
    messages.success(request, words % {"course": isolated(str(course))})
    return redirect("profile_edit")


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_lately()
def account_erase(request):
    """Explain what goes with an account and what stays, then erase it and sign out.

    Who sits there is asked always, also after a sign-in of a minute ago. A last mail says what
    happened, to the address that nothing knows any more.
    """
    if request.method != "POST":
        context = {
            "backups_kept_days": settings.BACKUPS_KEPT_DAYS,
            "profile_url": reverse("profile_edit"),
            "grades_named_days": GRADES_NAMED_FOR.days,
        }
        return render(request, "blog/accounts/account_erase.html", context)
    if not was_asked_just_now(request):
        return redirect(reverse("account_reauthenticate", query={"next": request.path}))
    email, name = request.user.email, request.user.display_name
    try:
        erase_account(request.user, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("account_erase")
    told = {"user": {"display_name": name}, "backups_kept_days": settings.BACKUPS_KEPT_DAYS}
    get_adapter(request).send_mail("account/email/account_erased", email, told)
    logout(request)
    messages.success(request, _("Your account is erased. Goodbye, and thank you for writing here."))
    return redirect("home")
