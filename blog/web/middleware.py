"""Middleware: private caching, well-formed and large requests, sign-in, rate limits, outages."""

import codecs
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from blog.web.errors import (
    bad_request,
    form_of_another,
    method_not_allowed,
    signed_out,
    too_large_for_strangers,
    too_many_requests,
    unavailable,
)
from blog.web.outages import is_outage
from blog.web.rate_limits import TooManyRequests
from blog.web.resubmission import (
    is_of_another,
    previous_page,
    submitted_form,
    takes_from_others,
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivateCacheMiddleware:
    """
    Forbid every cache to keep a page, unless its view has said that it may be kept.

    Nearly all pages show something that only one reader may see. A rule that a view has to
    remember would be forgotten once; a page that is cached too little is only slow.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


class WellFormedMiddleware:
    """
    Refuse a NUL character in what names a thing, path, query, cookies, and what is not in UTF-8.

    No browser sends either. PostgreSQL takes no NUL as text, so each place that looks something up
    by a sent value would have to know; and the session looks up its cookie before any view is
    called. Forms refuse one themselves, in the field it is in, with all of the text. Other
    encodings, such as UTF-7, can write halves of a sign, which no page and no table can have.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding:  # as the request itself says it
            is_utf_8 = codecs.lookup(request.encoding).name == "utf-8"
            request.encoding = "utf-8"
            if not is_utf_8:
                return bad_request(request)
        sent = (request.path, *request.COOKIES.values(), *_words(request.GET))
        if any("\0" in word for word in sent):
            return bad_request(request)
        return self.get_response(request)


def _words(fields: QueryDict) -> Iterator[str]:
    """Yield the names and values of a query or form."""
    for name, values in fields.lists():
        yield name
        yield from values


class LargeBodyMiddleware:
    """
    Refuse files of somebody who is not signed in, before anything reads them.

    The check of where a form comes from reads all of it, with files that nobody has asked for yet,
    and who sends it is asked only after that. Goes above it, and below the session.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_large = _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if is_large and not get_user(request).is_authenticated:
            return too_large_for_strangers(request)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    """Return the length of the body; without a number, none of it is ever read."""
    try:
        return int(request.headers.get("content-length") or 0)
    except ValueError:
        return 0


class SignInMiddleware(LoginRequiredMiddleware):
    """
    Require sign-in for every page, and keep what somebody sent after their session had ended.

    A redirect to the sign-in page would lose the fields of a form. So a form is answered with a
    page that has them; a form without fields, a mere button, leads back to the page it was on.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponseBase | None:
        """Look nobody up where everybody may come: a feed or a health check has no session."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable
    ) -> HttpResponse:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if submitted_form(request).fields:
            return signed_out(request)
        return redirect_to_login(previous_page(request))


class WriterMiddleware:
    """
    Refuse a form that was made for another person than the one who is signed in now.

    A page that stays open may outlive its session, and the next session may be another person's:
    what one person typed about themselves would be saved as the other's.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponse | None:
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        if takes_from_others(request) or not is_of_another(request):
            return None
        return form_of_another(request)


class OwnZoneMiddleware:
    """
    Print times in the zone of whoever is signed in; ``in_course`` takes its course's after that.

    Goes below the middleware that has asked for the person: nobody is looked up for this alone.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(None):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> None:
        if hasattr(request, "_cached_user") and request.user.is_authenticated:
            timezone.activate(request.user.time_zone)


class RateLimitMiddleware:
    """Turn `TooManyRequests`, raised anywhere in a view, into the 429 page."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooManyRequests):
            return too_many_requests(request, exception)
        return None


class NotAllowedMiddleware:
    """Give the empty answer to an address of a button that somebody opened a page."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        wants_page = "text/html" in request.headers.get("Accept", "")
        if response.status_code == 405 and wants_page and not response.content:
            return method_not_allowed(request, response)
        return response


class OutageMiddleware:
    """Turn an outage of the database, the cache or the disk, met in a view, into the 503 page."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request, exception) if is_outage(exception) else None
