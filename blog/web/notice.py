"""The collection notice: what everybody accepts on the first page after they are signed in."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from blog.models import notice_version
from blog.web import errors
from blog.web.languages import WITHOUT_SESSION

# What stays open: the notice, what explains the site, signing out, and what the notice says that
# anybody can do, with the pages that ask who sits there: nobody has to accept it to leave.
OPEN = frozenset(
    {"notice", "notice_accept", "about", "visibility", "privacy", "accessibility", "help_page"}
    | {"account_logout", "language_choose", "session_list", "session_end", "sessions_end_others"}
    | {"takeout_list", "takeout_new", "takeout_file", "takeout_delete"}
    | {"account_erase", "course_leave"}
    | {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
    | {"account_reset_password", "account_reset_password_done", "account_reset_password_from_key"}
    | {"account_reset_password_from_key_done", "account_set_password"}
    | {"own_platforms", "own_platform_disconnect"}
    | {"openid_connect_login", "openid_connect_callback"}
)


def lacks_notice(person) -> bool:
    """Return whether this person has not accepted the notice as it is now."""
    return person.notice_version != notice_version()


class NoticeMiddleware:
    """
    Show people who have not accepted the notice that notice, and no other page.

    However they came in: what is asked is the account, not the way. A new version of the notice
    may come while a form is being filled in; it is answered with a page that has all of it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        # Scripts that save are told in their own words: ``saving``.
        if name in OPEN or name in WITHOUT_SESSION or getattr(view_func, "answers_scripts", False):
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated or not lacks_notice(request.user):
            return None
        if request.method == "POST":
            return errors.lacks_notice(request)
        return redirect(f"{reverse('notice')}?{urlencode({'next': request.get_full_path()})}")


def page_after(request: HttpRequest, address: str) -> str:
    """Return the next address after the notice is accepted: a page of this site."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else reverse("home")
