"""Formatting of log lines, without what logs must not hold (ADR 0066).

No secret part of an address, no email, no line break of somebody else, and of an error its place
and kind, not what it says: that repeats values of the database and of forms.
"""

import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject, empty
from django.utils.module_loading import import_string

from blog.web.outages import chain_of

SECRET = re.compile(
    r"(/(?:feeds|unsubscribe|join/invitations|lti/connect|lti/courses|lti/register)/"
    r"|/p/\d+/[\w-]+/comments/)[^/\s\"']+"
)
SECRET_PATHS = ("/feeds/", "/unsubscribe/", "/comments/", "/invitations/", "/lti/")
EMAIL = re.compile(r"[^\s<>'\"(,;:]+@[^\s<>'\"),;:]+")
# How gunicorn names a request that it could not hand on, with its query string.
REQUEST_LINE = re.compile(r"\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /\S*")
# Of control signs and the separators of Unicode, each can begin a line in some reader of logs.
BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# As a proxy writes them; anything else in that header is not ours to repeat.
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
# What of an error is a number or a word of its maker: of mail servers, databases, systems.
CODES = ("smtp_code", "sqlstate", "sqlite_errorname", "errno")
ROOT = Path(__file__).resolve().parents[2]

logger = logging.getLogger(__name__)
_request: ContextVar[HttpRequest | None] = ContextVar("logged_request", default=None)


class HideTokens(logging.Filter):
    """Take the secrets of feeds, invitations, links that stop mail, guests and LMSs out of records.

    Django logs the path of each request that it refuses, and of each that broke.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if any(path in message for path in SECRET_PATHS):
            record.msg, record.args = SECRET.sub(r"\1…", message), None
        return True


class HidePaths(logging.Filter):
    """Name the page in place of its path, in which titles and people are: for production sites."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            path = request.path.encode("unicode_escape").decode("ascii")  # as Django logs it
            message = record.getMessage().replace(path, view_of(request) or "an unknown address")
            record.msg, record.args = message, None
        return True


class PlainLines(logging.Formatter):
    """A record as a line for people; the trace of an error follows it."""

    def __init__(self, *args, hides_values: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.hides_values = hides_values

    def formatMessage(self, record: logging.LogRecord) -> str:
        return one_line(super().formatMessage(record))

    def formatException(self, ei) -> str:
        if not self.hides_values or ei[1] is None:
            return super().formatException(ei)
        return "\n".join(f"  {line}" for line in trace_of(ei[1]))


def one_line(text: str) -> str:
    """Return a text without emails and secrets of addresses, with its line breaks spelt out."""
    text = REQUEST_LINE.sub(r"\1 …", text)
    text = EMAIL.sub("…@…", SECRET.sub(r"\1…", text))
    return BREAK.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def trace_of(error: BaseException) -> list[str]:
    """Return the places of an error and those that led to it, the first one first.

    Without their words: those of a database quote the row, those of a parser the text.
    """
    lines = []
    for one in reversed(list(chain_of(error))):
        for frame in traceback.extract_tb(one.__traceback__):
            lines.append(f"{_place(frame.filename)}:{frame.lineno} in {frame.name}")
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}")
    return lines


def told(error: BaseException | None) -> str:
    """Return of an error, and of those that led to it, the kind, its codes and where it came up.

    For a line that goes without a trace; what the error says is left out, as in a trace.
    """
    return ", from ".join(_told(one) for one in chain_of(error))


def _told(error: BaseException) -> str:
    codes = [str(getattr(error, name, None) or "") for name in CODES]
    words = [f"{type(error).__module__}.{type(error).__qualname__}", *filter(None, codes)]
    frames = traceback.extract_tb(error.__traceback__)
    if frames:
        words.append(f"at {_place(frames[-1].filename)}:{frames[-1].lineno}")
    return " ".join(words)


def _place(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else filename


def view_of(request: HttpRequest) -> str:
    """Return the name of the page that a request leads to, "" for none."""
    return request.resolver_match.view_name if request.resolver_match else ""


def request_fields() -> dict[str, object]:
    """Return a line's facts about the current request, if there is one."""
    request = _request.get()
    if request is None:
        return {}
    return {
        "request_id": request.META["pln.request_id"],
        "method": request.method if request.method in METHODS else "other",
        "view": view_of(request),
        "user": _user_of(request),
    }


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def _user_of(request: HttpRequest) -> str:
    """Return the key of who is signed in, as events name people; it costs no query."""
    user = getattr(request, "user", None)
    if isinstance(user, SimpleLazyObject) and user._wrapped is empty:  # nobody has asked yet
        user = None
    return f"user:{user.pk}" if user is not None and user.pk else ""


class RequestLogMiddleware:
    """Log and count each request: page, status, duration.

    On sites that keep structured logs or figures, or tell errors to a Sentry, which reads here what
    the request is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        if settings.LOG_FORMAT != "json" and not settings.METRICS_TOKEN and not settings.SENTRY_DSN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.count: Callable[[str, int, float], None] | None = None
        if settings.METRICS_TOKEN:
            # An extra, which is not loaded on sites that keep no figures.
            self.count = import_string("blog.web.prometheus.count_request")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _request_id(request)
        request.META["pln.request_id"] = key
        token, began = _request.set(request), time.perf_counter()
        try:
            response = self.get_response(request)
            if not _is_noise(request, response):
                self._tell(request, response, time.perf_counter() - began)
        finally:
            _request.reset(token)
        response["X-Request-ID"] = key
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        if settings.LOG_FORMAT == "json":
            told = {"status": response.status_code, "duration_ms": round(seconds * 1000)}
            logger.info("answered", extra=told)
        if self.count:
            self.count(view_of(request), response.status_code, seconds)


def _request_id(request: HttpRequest) -> str:
    """Return the number that a proxy of ours has given to a request, or a new one."""
    sent = request.headers.get("X-Request-ID", "")
    is_ours = settings.TRUSTED_PROXY_COUNT and REQUEST_ID.fullmatch(sent)
    return sent if is_ours else uuid4().hex


def _is_noise(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether a request is one of those that come each few seconds, or for styles."""
    is_fine = response.status_code < 400
    quiet = ("healthz", "livez", "readyz", "metrics")
    return is_fine and (
        view_of(request) in quiet or request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/")
    )
