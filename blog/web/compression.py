"""Compressed answers, and pages that a browser has already (docs/adr/0046)."""

import secrets
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from isal import igzip

# Of isal's four, of which this is the last.
LEVEL = 3
# Says in the head of an archive that the name of a file follows (RFC 1952, 2.3.1).
NAME_FOLLOWS = 0x08
MIN_LENGTH = 200


class CompressionMiddleware(GZipMiddleware):
    """Compress text; pictures, archives and spreadsheets are compressed already.

    Each answer is padded by a random number of bytes: its length tells little of what repeats.
    As Django does it, but by a faster library; what is streamed Django does itself.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if not (kind.startswith("text/") or kind.endswith(("json", "xml"))):
            return response
        if not isinstance(response, HttpResponse):
            return super().process_response(request, response)
        if len(response.content) < MIN_LENGTH or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if not re_accepts_gzip.search(request.headers.get("accept-encoding", "")):
            return response
        packed = _padded(igzip.compress(response.content, LEVEL, mtime=0), self.max_random_bytes)
        if len(packed) >= len(response.content):
            return response
        response.content = packed
        response["Content-Length"], response["Content-Encoding"] = str(len(packed)), "gzip"
        if response.get("ETag", "").startswith('"'):  # what is sent is no longer what it names
            response["ETag"] = f"W/{response['ETag']}"
        return response


def _padded(packed: bytes, most: int) -> bytes:
    """Give an archive the name of a file, of random length: programs that unpack it ignore it."""
    head = bytearray(packed[:10])
    head[3] = NAME_FOLLOWS
    return bytes(head) + b"a" * secrets.randbelow(most) + b"\x00" + packed[10:]


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
