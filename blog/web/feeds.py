"""Feeds at a secret address: for programs, which have no session (ADR 0022)."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.models import FeedAddress
from blog.web.languages import speak_to_owner
from blog.web.rate_limits import HOUR, enforce_rate_limit

# An hour, by all programs of one person: a reader of 200 people's feeds asks every 15 minutes.
READS = 1000


def secret_feed(view: Callable) -> Callable:
    """Pass the view of a calendar the owner of a secret address in place of the address's token.

    Whoever has the address reads the feed as its owner, signed in or not: the view asks for what
    is visible to the owner, and never for ``request.user``. A token that never was, one that was
    replaced and one of a closed account get the same answer.
    """
    return _at_secret_address(view, "token")


def secret_post_feed(view: Callable) -> Callable:
    """Pass the view of a feed of posts its owner in the same way, by a token of its own."""
    return _at_secret_address(view, "posts_token")


def _at_secret_address(view: Callable, field: str) -> Callable:
    @login_not_required
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, token: str, *args, **kwargs) -> HttpResponseBase:
        addresses = FeedAddress.objects.working().select_related("user")
        address = addresses.filter(**{field: token}).first()
        response: HttpResponseBase
        if address is None:
            response = _no_feed()
        else:
            enforce_rate_limit(request, "feed", READS, per=HOUR, of=address.user)
            speak_to_owner(request, address.user)
            response = _answer(view, request, address.user, *args, **kwargs)
        # The address is in nobody's index, and in no request for what a feed links to.
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return wrapped


def _answer(view: Callable, *args, **kwargs) -> HttpResponseBase:
    try:
        return view(*args, **kwargs)
    except Http404:  # of a course or a post that the owner does not see, or not any more
        return _no_feed()


def _no_feed() -> HttpResponse:
    """Return a bare 404: a page would look up a session, and name the address in its links."""
    return HttpResponseNotFound(
        _("There is no feed at this address. It may have been removed or replaced.") + "\n",
        content_type="text/plain; charset=utf-8",
    )


def as_feed(request: HttpRequest, body: bytes, content_type: str) -> HttpResponseBase:
    """Return a feed, or 304 if the program that asks has it already.

    No shared cache stores it, and a program asks each time: an old address stops at once.
    """
    response = HttpResponse(body, content_type=content_type)
    response["ETag"] = quote_etag(sha256(body).hexdigest())
    response["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, response["ETag"], response=response) or response
