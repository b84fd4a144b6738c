"""The front page: a person's courses, or for visitors what the site is."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from blog import access
from blog.forms.courses.course import JoinForm
from blog.queries.memberships import current_memberships


@login_not_required
def home(request):
    if not request.user.is_authenticated:
        return render(request, "blog/courses/landing.html")
    return render(
        request,
        "blog/courses/home.html",
        {
            **current_memberships(request.user),
            "form": JoinForm(),
            "can_open_course": access.can_open_course(request.user),
        },
    )
