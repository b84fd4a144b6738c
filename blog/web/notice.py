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

# What stays open: the notice, what explains the site, and leaving.
OPEN = frozenset(
    {"notice", "notice_accept", "about", "visibility", "privacy", "accessibility", "help_page"}
    | {"account_logout"}
)
# What programs ask for, without a session: nobody is looked up for these.
WITHOUT_SESSION = frozenset(
    {"favicon", "healthz", "livez", "readyz", "metrics", "security_txt", "unsubscribe"}
    | {"calendar_feed", "secret_course_feed", "secret_person_feed", "secret_comment_feed"}
    | {"draft_token"}
    # What an LMS sends: whoever comes is shown the notice on the page after it.
    | {"lti_login", "lti_launch", "lti_enter", "lti_pick", "lti_keys", "lti_canvas", "lti_register"}
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
    """Return where somebody goes on to who has accepted the notice: a page of this site."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else reverse("home")
