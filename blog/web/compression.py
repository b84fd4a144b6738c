"""Compressed answers, and pages that a browser has already (docs/adr/0046)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag


class CompressionMiddleware(GZipMiddleware):
    """Compress text; pictures, archives and spreadsheets are compressed already.

    Django pads each answer by a random number of bytes: its length tells little of what repeats.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if not (kind.startswith("text/") or kind.endswith(("json", "xml"))):
            return response
        return super().process_response(request, response)


def same_for_visitors(view: Callable) -> Callable:
    """Let the browser of somebody who is not signed in keep a page, and ask whether it changed.

    Unless it has a form: that has a token and a key of its own each time, and the key of one that
    was sent must not come back.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        has_form = "CSRF_COOKIE_NEEDS_UPDATE" in request.META
        if request.user.is_authenticated or has_form or response.status_code != HTTPStatus.OK:
            return response
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
        set_response_etag(response)
        return get_conditional_response(request, response["ETag"], response=response) or response

    return wrapped
