"""Signing in with the institution's account: what allauth's OpenID Connect leaves to a site.

The institution is named in the environment and nowhere else. Of what it says about a person the
account keeps the key and the email; the name is where a new account starts.
"""

import logging
import math
import time
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blog.models import User
from blog.text.invisible import visible_name
from blog.web.languages import chosen_in_browser
from blog.web.reauthentication import ASKED_BY_UNIVERSITY
from blog.web.university_fetch import LimitedSession

logger = logging.getLogger(__name__)

PROVIDER = "openid_connect"
ZONE = "university_time_zone"  # of the browser, in its session, until it comes back
ASKED_AGAIN = "university_asked_again"  # in the session: by the state of a sign-in, since when
CLOCKS_DIFFER = 60  # seconds
MAX_NAME = User._meta.get_field("display_name").max_length


def university_name() -> str:
    """Return the name of the institution's sign-in; "" where there is none."""
    return settings.UNIVERSITY_LOGIN["name"] if settings.UNIVERSITY_LOGIN else ""


def university_accounts(person: User):
    """Return the institution's accounts that sign in to this one: mostly one or none."""
    if not settings.UNIVERSITY_LOGIN:
        return SocialAccount.objects.none()
    return SocialAccount.objects.filter(
        user=person, provider=settings.UNIVERSITY_LOGIN["provider_id"]
    )


def ask_again(request: HttpRequest, address: str) -> str:
    """Return the address of a sign-in at which the institution asks people it knows already.

    What comes back under this ``state`` is judged by when that was.
    """
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    request.session[ASKED_AGAIN] = {query.get("state", ""): int(time.time())}
    query |= {"prompt": "login", "max_age": "0"}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _asked_at(request: HttpRequest, auth_time: object) -> int | None:
    """Return the time at which the institution authenticated somebody, None if unknown.

    ``auth_time`` is what it says of that. Whoever was to be asked again may have taken the question
    out of the address on the way, and an institution that was not asked need not say anything: so
    silence counts as an answer only where the site says that this institution never answers.
    """
    told = _moment(auth_time)
    asked_again = request.session.pop(ASKED_AGAIN, {}).get(request.GET.get("state", ""))
    if asked_again is None:
        return told
    university = settings.UNIVERSITY_LOGIN
    if told is None and university is not None and university["settings"]["is_silent"]:
        return int(time.time())
    if told is None or told < asked_again - CLOCKS_DIFFER:
        context = {"is_silent": told is None}
        page = render(request, "socialaccount/not_asked.html", context, status=403)
        raise ImmediateHttpResponse(page)
    return int(time.time())


def _moment(auth_time: object) -> int | None:
    """Return the seconds that an institution names, None for what is no number.

    The standard wants a number; some write it with a fraction, or as text.
    """
    if isinstance(auth_time, bool) or not isinstance(auth_time, int | float | str):
        return None
    try:
        seconds = float(auth_time)
    except (ValueError, OverflowError):
        return None
    return int(seconds) if math.isfinite(seconds) else None


def is_signed_in_by_university(request: HttpRequest) -> bool:
    """Return whether this session began at the institution's sign-in."""
    records = request.session.get("account_authentication_methods", [])
    return any(record.get("method") == "socialaccount" for record in records)


class UniversityAdapter(DefaultSocialAccountAdapter):
    """Accounts of the institution, in our words, with as little of them as possible."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        # The second part names the institution, as allauth fills it in.
        "email_taken": _(
            "There is already an account with this email. Sign in to it, then connect your %s "
            "account under “Email and password”."
        ),
        "no_password": _("Choose a password first: without one you could not sign in any more."),
        "no_verified_email": _("Confirm your email first: a new password is sent there."),
        "connected_other": _("This account is connected to another account here."),
    }

    def list_apps(self, request, provider=None, client_id=None) -> list[SocialApp]:
        """Return the institution alone, without a query: the database names no other."""
        one = settings.UNIVERSITY_LOGIN
        if one is None or provider not in (None, PROVIDER, one["provider_id"]):
            return []
        return [SocialApp(provider=PROVIDER, **one)]

    def get_requests_session(self) -> requests.Session:
        """Return the client for the institution: bounded in time and size, and led nowhere else."""
        return LimitedSession()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Record when the institution authenticated somebody, until they are signed in."""
        asked_at = _asked_at(request, getattr(sociallogin, "auth_time", None))
        if asked_at is not None:
            sociallogin.state[ASKED_BY_UNIVERSITY] = min(asked_at, int(time.time()))

    def authenticate_by_email(self, sociallogin: SocialLogin):
        """Find the account of a confirmed email, unless another person of the institution has it.

        Institutions give the email of who left to somebody new. An account that waits for this
        email to be confirmed is not its owner's; one that nobody has confirmed yet takes the name
        of whoever comes, as somebody else may have made it. Who waits to change to an email that
        the institution has confirmed waits for nothing.
        """
        for address in sociallogin.email_addresses:
            if address.verified:
                User.objects.drop_claims(address.email)
        found = super().authenticate_by_email(sociallogin)
        person = User.objects.owning_email(found[1]).first() if found else None
        if person is None or found[1].lower() not in person.emails_of_owner:
            return None
        if sociallogin.state.get("process") != AuthProcess.CONNECT:
            if university_accounts(person).exists():
                page = render(context.request, "socialaccount/email_of_another.html", status=403)
                raise ImmediateHttpResponse(page)
            if not person.confirmed_emails and sociallogin.user.display_name:
                person.take_name(sociallogin.user.display_name)
        return person, found[1]

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> User:
        """Fill in a new account, and forget what else the institution says.

        Some write ``email_verified`` as a word, and "false" would count as true.
        """
        user = sociallogin.user
        name = data.get("name") or f"{data.get('first_name') or ''} {data.get('last_name') or ''}"
        user.display_name = visible_name(str(name))[:MAX_NAME].strip()
        user.time_zone = request.session.pop(ZONE, user.time_zone)
        user.language = chosen_in_browser(request)
        user.email = User.objects.normalize_email(data.get("email"))
        token = sociallogin.account.extra_data.get("id_token")
        sociallogin.auth_time = token.get("auth_time") if isinstance(token, dict) else None
        sociallogin.account.extra_data = {"email": user.email}
        for address in sociallogin.email_addresses:
            address.email = User.objects.normalize_email(address.email)
            address.verified = str(address.verified).lower() == "true"
        return user

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Ask whoever has come without a name which one their course shall see.

        Somebody whose email another account waits for goes the same way: it has an account for
        allauth, which would write that to them, and for our form none.
        """
        if not sociallogin.user.display_name or not sociallogin.email_addresses:
            return False
        email = sociallogin.email_addresses[0].email
        known = EmailAddress.objects.filter(email=email.lower()).exists()
        return not known or User.objects.owning_email(email).exists()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Let the institution's own people in: it says who that is."""
        return True

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict:
        initial = {"email": sociallogin.user.email}
        return initial | {"display_name": sociallogin.user.display_name}

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount) -> str:
        return reverse("socialaccount_connections")

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ) -> None:
        """Log the error, without the words of the provider: they may name a person."""
        logger.warning("Sign-in at the institution failed: %s, %s", error, type(exception).__name__)
        # Some forget to send back what tells one sign-in from another when somebody says no.
        if error != AuthError.CANCELLED and request.GET.get("error") == "access_denied":
            raise ImmediateHttpResponse(redirect("socialaccount_login_cancelled"))
