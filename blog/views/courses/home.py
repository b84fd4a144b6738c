"""The front door: my courses, or for visitors what this place is."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from blog import access
from blog.forms.courses.course import JoinForm


@login_not_required
def home(request):
    if not request.user.is_authenticated:
        return render(request, "blog/courses/landing.html", {"form": JoinForm()})
    memberships = request.user.memberships_now
    return render(
        request,
        "blog/courses/home.html",
        {
            "running": [m for m in memberships if not m.course.is_over],
            "over": [m for m in memberships if m.course.is_over],
            "form": JoinForm(),
            "can_open_course": access.can_open_course(request.user),
        },
    )
