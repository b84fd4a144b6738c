"""
Rate limits of services, for all processes together, counted in the shared cache.

Registries say in their headers how many questions they take in how many seconds. After a refusal
nobody asks for as long as the service says, or twice as long as the last time.
"""

import re
import time
from collections.abc import Mapping

from django.core.cache import cache

from blog.lookup.http_client import Unavailable

DEFAULT_RATE = (5, 1)  # questions, seconds: what Crossref's public pool takes
MAX_QUESTIONS = 50
RETRY_SECONDS = (0.0, 0.4)  # before each try to find a free place
MIN_PAUSE_SECONDS = 10
MAX_PAUSE_SECONDS = 3600
MEMORY_SECONDS = 12 * 3600


def take_turn(origin: str) -> None:
    """Take one of the places that a service has in each interval; raise ``Unavailable`` if none.

    A place is a cache entry that frees itself, as in ``blog.web.rate_limits``.
    """
    known = cache.get_many([_key(origin, "pause"), _key(origin, "rate")])
    if _key(origin, "pause") in known:
        raise Unavailable("the service asked for a pause")
    times, seconds = known.get(_key(origin, "rate"), DEFAULT_RATE)
    places = [_key(origin, f"place {n}") for n in range(times)]
    for wait in RETRY_SECONDS:
        time.sleep(wait)
        taken = cache.get_many(places)
        if any(p not in taken and cache.add(p, True, timeout=seconds) for p in places):
            return
    raise Unavailable("too many questions at once")


def record_limits(origin: str, status: int, headers: Mapping[str, str]) -> None:
    """Record the rate limit and the refusal in an answer, for the next questions."""
    rate = rate_of(headers)
    if rate is not None and cache.get(_key(origin, "rate")) != rate:
        cache.set(_key(origin, "rate"), rate, timeout=MEMORY_SECONDS)
    if status == 429 or status >= 500:
        pause(origin, headers.get("retry-after", ""))
    elif cache.get(_key(origin, "pauses")):
        cache.delete(_key(origin, "pauses"))


def pause(origin: str, retry_after: str = "") -> None:
    """Pause the questions to a service, twice as long after each failure."""
    pauses = cache.get(_key(origin, "pauses"), 0)
    asked = int(retry_after) if re.fullmatch(r"\d{1,6}", retry_after) else 0
    seconds = min(max(asked, MIN_PAUSE_SECONDS * 2**pauses), MAX_PAUSE_SECONDS)
    cache.set(_key(origin, "pauses"), min(pauses + 1, 10), timeout=MEMORY_SECONDS)
    cache.set(_key(origin, "pause"), True, timeout=seconds)


def rate_of(headers: Mapping[str, str]) -> tuple[int, int] | None:
    """Parse ``x-rate-limit-limit: 10`` and ``x-rate-limit-interval: 1s``; None without them.

    ``x-concurrency-limit`` counts open requests; with answers slower than the interval it is the
    narrower of the two.
    """
    limit = re.fullmatch(r"\d{1,9}", headers.get("x-rate-limit-limit", "").strip())
    interval = re.fullmatch(r"(\d{1,5})s?", headers.get("x-rate-limit-interval", "").strip())
    if limit is None or interval is None or int(limit[0]) < 1:
        return None
    at_once = re.fullmatch(r"[1-9]\d{0,5}", headers.get("x-concurrency-limit", "").strip())
    times = min(int(limit[0]), int(at_once[0]) if at_once else MAX_QUESTIONS, MAX_QUESTIONS)
    return times, max(1, int(interval[1]))


def _key(origin: str, what: str) -> str:
    return f"lookup {what} {origin}".replace(" ", "_")
