"""One's own profile, and the courses one is and was in."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from blog.forms.accounts.profile import ProfileForm


def profile_edit(request):
    # A copy, so that a refused name does not already stand in the masthead.
    form = ProfileForm(request.POST or None, instance=copy(request.user))
    if form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("profile_edit")
    memberships = request.user.memberships_now
    left = request.user.memberships.exclude(ended_at=None).select_related("course")
    return render(
        request,
        "blog/accounts/profile_edit.html",
        {
            "form": form,
            "running": [m for m in memberships if not m.course.is_over],
            "over": [m for m in memberships if m.course.is_over],
            "left": left.order_by("-ended_at"),
        },
        status=422 if form.errors else 200,
    )
