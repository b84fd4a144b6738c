"""Signing in in two steps: who has to, and what they are shown until they do."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from blog.models import Membership, User

# What somebody needs to set a second step up: allauth's pages of accounts, and leaving.
OPEN_TO_ALL = ("account_", "mfa_")
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def needs_two_steps(person: User) -> bool:
    """Return whether the site's settings ask this person for a second step."""
    required = settings.TWO_STEP_REQUIRED_FOR
    if "staff" in required and (person.is_staff or person.is_superuser):
        return True
    return "teams" in required and any(
        membership.role in Membership.TEACHING for membership in person.memberships_now
    )


class TwoStepMiddleware:
    """
    Show people who have to sign in in two steps the page where they set that up, and no other.

    Whoever has a second step was asked for it at sign-in, so it is enough that there is one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponse | None:
        if not settings.TWO_STEP_REQUIRED_FOR or not getattr(view_func, "login_required", True):
            return None
        match = request.resolver_match
        if match and match.view_name.startswith(OPEN_TO_ALL):
            return None
        if not request.user.is_authenticated or not needs_two_steps(request.user):
            return None
        if is_mfa_enabled(request.user, SECOND_STEPS):
            return None
        messages.info(
            request,
            _("You have to sign in in two steps here. Add a passkey or an app to go on."),
        )
        return redirect("mfa_index")
