"""Limits of wrong codes and passkeys, the second step of signing in (ADR 0018)."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from blog.models import User
from blog.web.known_devices import known_device


def limit_second_step(request: HttpRequest, person: User) -> Callable[[], None]:
    """Use up one wrong second step; return what takes it back after a right one.

    They are counted as wrong passwords are: by account and known browser or address, and by
    account from everywhere, which a known browser passes. allauth counts by account alone, so that
    whoever knows the password could keep its owner out.
    """
    device = known_device(request, person.email)
    key = f"second-step:{person.pk}"
    source = device or ratelimit.get_ip(request)
    used = [_consume(request, "login_failed", f"{key}:{source}")]
    if device is None:
        used.append(_consume(request, "login_failed_everywhere", key))

    def take_back() -> None:
        for usage in used:
            usage.rollback()

    return take_back


def _consume(request: HttpRequest, action: str, key: str) -> ratelimit.RateLimitUsage:
    usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
    if not usage:
        raise get_adapter(request).validation_error("too_many_login_attempts")
    return usage
