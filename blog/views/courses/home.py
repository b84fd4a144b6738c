"""The front page: a person's courses; for visitors what the site is, with the form to sign in."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from blog import access
from blog.forms.courses.course import JoinForm
from blog.lookup import is_on
from blog.queries.memberships import current_memberships
from blog.views.accounts.entrance import LoginView

# Signing in with the rules and limits of its own page, where people arrive; whoever has signed in
# meanwhile is led on.
landing = LoginView.as_view(
    template_name="blog/courses/landing.html", extra_context={"can_look_up": is_on}
)


@login_not_required
def home(request):
    if request.method == "POST" or not request.user.is_authenticated:
        return landing(request)
    return render(
        request,
        "blog/courses/home.html",
        {
            **current_memberships(request.user),
            "form": JoinForm(),
            "can_open_course": access.can_open_course(request.user),
        },
    )
