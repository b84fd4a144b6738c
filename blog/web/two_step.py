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
from blog.web import errors

# What somebody needs to set a second step up: allauth's pages of accounts, and leaving.
OPEN_TO_ALL = ("account_", "mfa_", "notice")
JOINING = ("join", "join_course", "invitation_page")
SIGN_IN = "account_login"
SECOND_STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def needs_two_steps(person: User) -> bool:
    """Return whether the site's settings ask this person for a second step."""
    required = settings.TWO_STEP_REQUIRED_FOR
    if "staff" in required and (person.is_staff or person.is_superuser):
        return True
    return "teams" in required and any(
        membership.role in Membership.TEACHING for membership in person.memberships_now
    )


def lacks_second_step(person: User) -> bool:
    """Return whether this person has to add a second step before anything else.

    Whoever has one was asked for it at sign-in, so it is enough that there is one.
    """
    if not settings.TWO_STEP_REQUIRED_FOR or not needs_two_steps(person):
        return False
    return not is_mfa_enabled(person, SECOND_STEPS)


class TwoStepMiddleware:
    """
    Show people who have to sign in in two steps the page where they set that up, and no other.

    A redirect would lose the fields of a form, so a form is answered with a page that has them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponse | None:
        if not settings.TWO_STEP_REQUIRED_FOR or _is_open(request, view_func):
            return None
        if not request.user.is_authenticated or not lacks_second_step(request.user):
            return None
        if request.method == "POST":
            return errors.lacks_second_step(request)
        messages.info(
            request,
            _("You have to sign in in two steps here. Add a passkey or an app to go on."),
        )
        return redirect("mfa_index")


def _is_open(request: HttpRequest, view_func: Callable) -> bool:
    """Return whether a page is needed to set a second step up, or takes a form from everybody.

    Signing in again is not open: a page whose script cannot save sends people there. Nor are the
    pages that visitors see: most of them show members more.
    """
    name = request.resolver_match.view_name if request.resolver_match else ""
    if request.method == "POST" and not getattr(view_func, "login_required", True):
        return name not in JOINING
    return name.startswith(OPEN_TO_ALL) and name != SIGN_IN
