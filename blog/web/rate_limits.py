"""
Rate limits per person and action, counted in the shared cache.

A view that somebody could call a thousand times begins with
`enforce_rate_limit(request, "join", 10, per=HOUR)`. One call too many raises `TooManyRequests`,
which the middleware turns into the 429 page.
"""

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from blog.models import User

MINUTE = 60
HOUR = 60 * MINUTE


class TooManyRequests(Exception):
    """Somebody did something too often; `retry_after` is in seconds."""

    def __init__(self, retry_after: int):
        super().__init__(f"Too many requests, try again in {retry_after} s")
        self.retry_after = retry_after


def enforce_rate_limit(
    request: HttpRequest, action: str, times: int, *, per: int, of: User | None = None
) -> None:
    """
    Use up one of the `times` slots that this person has for `action` in any `per` seconds.

    The person is whoever sends the request, unless it says by itself `of` whom it is. A visitor is
    known by an address: of IPv6 by its first 64 bits, since one connection has all the others.

    A slot is a cache entry that expires after `per` seconds, so the window slides. Adding an
    entry is atomic in every cache, counting one up is not: two requests at the same moment can
    never take the same slot.
    """
    enforce_rate_limit_of(_who(of or request.user, request), action, times, per=per)


def enforce_rate_limit_of(who: str, action: str, times: int, *, per: int) -> None:
    """Use up a slot of somebody who is known by what a form says, such as an email."""
    slots = [_slot_key(who, action, number) for number in range(times)]
    taken = cache.get_many(slots)
    for slot in slots:
        if slot not in taken and cache.add(slot, True, timeout=per):
            return
    raise TooManyRequests(per)


def mailbox_of(email: str) -> str:
    """Return an email as limits count it: one mailbox gets what is sent to each of its +tags."""
    name, _at, domain = email.lower().rpartition("@")
    return f"{name.partition('+')[0] or name}@{domain}"


def _who(person: User | AnonymousUser, request: HttpRequest) -> str:
    if person.is_authenticated:
        return f"user {person.pk}"
    return f"address {get_ip(request)}"


def _slot_key(who: str, action: str, number: int) -> str:
    """Return a slot's cache key, of the account or else the IP address: hashed, to store none."""
    return salted_hmac(
        "blog.web.rate_limits", f"{action} {who} {number}", algorithm="sha256"
    ).hexdigest()
