"""Middleware: private caching, sign-in, rate limits."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from blog.web.errors import signed_out, too_many_requests
from blog.web.rate_limits import TooManyRequests
from blog.web.resubmission import previous_page, submitted_form

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


class SignInMiddleware(LoginRequiredMiddleware):
    """
    Require sign-in for every page, and keep what somebody sent after their session had ended.

    A redirect to the sign-in page would lose the fields of a form. So a form is answered with a
    page that has them; a form without fields, a mere button, leads back to the page it was on.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable
    ) -> HttpResponse:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if submitted_form(request).fields:
            return signed_out(request)
        return redirect_to_login(previous_page(request))


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
