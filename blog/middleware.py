"""What holds for every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from blog.limits import TooManyRequests
from blog.views.errors import too_many_requests

Answer = Callable[[HttpRequest], HttpResponse]


class KeepPrivate:
    """
    Forbid every cache to keep a page, unless its view has said that it may be kept.

    Nearly all pages show something that only one reader may see. A rule that a view has to
    remember would be forgotten once; a page that is cached too little is only slow.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


class AnswerLimits:
    """Turn `TooManyRequests`, raised anywhere in a view, into the 429 page."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooManyRequests):
            return too_many_requests(request, exception)
        return None
