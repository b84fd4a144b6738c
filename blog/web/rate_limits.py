"""
Rate limits per person and action, counted in the shared cache.

A view that somebody could call a thousand times begins with
`enforce_rate_limit(request, "join", 10, per=HOUR)`. One call too many raises `TooManyRequests`,
which the middleware turns into the 429 page.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE = 60
HOUR = 60 * MINUTE


class TooManyRequests(Exception):
    """Somebody did something too often; `retry_after` is in seconds."""

    def __init__(self, retry_after: int):
        super().__init__(f"Too many requests, try again in {retry_after} s")
        self.retry_after = retry_after


def enforce_rate_limit(request: HttpRequest, action: str, times: int, *, per: int) -> None:
    """
    Use up one of the `times` slots that this person has for `action` in any `per` seconds.

    A slot is a cache entry that expires after `per` seconds, so the window slides. Adding an
    entry is atomic in every cache, counting one up is not: two requests at the same moment can
    never take the same slot.
    """
    slots = [_slot_key(request, action, number) for number in range(times)]
    taken = cache.get_many(slots)
    for slot in slots:
        if slot not in taken and cache.add(slot, True, timeout=per):
            return
    raise TooManyRequests(per)


def _slot_key(request: HttpRequest, action: str, number: int) -> str:
    """Return a slot's cache key, of the account or else the IP address: hashed, to store none."""
    if request.user.is_authenticated:
        who = f"user {request.user.pk}"
    else:
        who = f"address {get_adapter(request).get_client_ip(request)}"
    return salted_hmac(
        "blog.web.rate_limits", f"{action} {who} {number}", algorithm="sha256"
    ).hexdigest()
