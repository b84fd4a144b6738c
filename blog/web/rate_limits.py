"""
How often somebody may do a thing, counted in the shared cache.

`enforce_rate_limit(request, "join", 10, per=HOUR)` begins a view that could be tried by the
thousand. Too many raise `TooManyRequests`, which the middleware turns into the 429 page.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE = 60
HOUR = 60 * MINUTE


class TooManyRequests(Exception):
    """Somebody did a thing too often; `retry_after` is in seconds."""

    def __init__(self, retry_after: int):
        super().__init__(f"Too many requests, try again in {retry_after} s")
        self.retry_after = retry_after


def enforce_rate_limit(request: HttpRequest, action: str, times: int, *, per: int) -> None:
    """
    Take one of the `times` places that this person has for `action` in any `per` seconds.

    A place is a cache entry that frees itself after `per` seconds, so the window slides. Adding
    an entry is atomic in every cache, counting one up is not: two requests at the same moment
    can never take the same place.
    """
    places = [_key(request, action, n) for n in range(times)]
    taken = cache.get_many(places)
    for place in places:
        if place not in taken and cache.add(place, True, timeout=per):
            return
    raise TooManyRequests(per)


def _key(request: HttpRequest, action: str, place: int) -> str:
    """Name a place by account, else by address; hashed, so that the cache keeps no addresses."""
    if request.user.is_authenticated:
        who = f"user {request.user.pk}"
    else:
        who = f"address {get_adapter(request).get_client_ip(request)}"
    return salted_hmac(
        "blog.web.rate_limits", f"{action} {who} {place}", algorithm="sha256"
    ).hexdigest()
