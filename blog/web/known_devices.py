"""Known devices: browsers in which somebody has signed in before.

Wrong passwords are counted per account and address, and per account from everywhere. Anybody can
type them, so a browser that has signed in to the account is counted by itself: nobody else's wrong
passwords keep its owner out. A signed cookie says which browser that is.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

SALT = "blog.web.known_devices"
MAX_AGE = 180 * 24 * 3600  # seconds
MAX_ACCOUNTS = 5  # of people who share a computer


def known_device(request: HttpRequest, email: str) -> str | None:
    """Return the name of this browser if somebody has signed in there with this email."""
    name, accounts = _read(request)
    return name if name and _account(email) in accounts else None


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Give the browser a cookie that names it, and that it has signed in with this email."""
    name, accounts = _read(request)
    account = _account(email)
    accounts = [account, *(one for one in accounts if one != account)][:MAX_ACCOUNTS]
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        signing.dumps([name or get_random_string(22), accounts], salt=SALT),
        max_age=MAX_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """Return the browser's name and accounts; nothing if it has no cookie of ours."""
    cookie = request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE_NAME, "")
    try:
        name, accounts = signing.loads(cookie, salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return name, accounts


def _account(email: str) -> str:
    """Return the digest of an email for the cookie: it can be compared, and not be read."""
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()[:32]
