"""Answers to process managers, load balancers and monitoring, without signing in.

It answers with words and ages alone, whatever else the request has.
"""

import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import LastRun, OutboxMessage
from blog.web.logs import told

logger = logging.getLogger(__name__)

# tick runs each minute; a large batch of mail may keep it for some.
LATE_AFTER = timedelta(minutes=15)
KEPT_SECONDS = 3
_last: dict[str, tuple[float, HttpResponse]] = {}
PROBE_BYTES = 256 * 1024
# A transaction of a standby, or of a database that was set so, cannot write.
QUESTIONS = {"postgresql": "show transaction_read_only"}


def kept_for_a_moment(view: Callable[[HttpRequest], HttpResponse]):
    """Answer as a moment ago: anybody may ask, and to look costs queries and writes to a disk.

    Each process keeps its own answer, and not the cache, of which it tells.
    """

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        ends_at, answer = _last.get(view.__name__, (0.0, None))
        if answer is None or time.monotonic() >= ends_at:
            answer = view(request)
            _last[view.__name__] = time.monotonic() + KEPT_SECONDS, answer
        return _answer(*answer.text.splitlines(), status=answer.status_code)

    return wrapped


@login_not_required
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process answers at all; else it is restarted."""
    return _answer("ok")


@login_not_required
@require_safe
@kept_for_a_moment
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 if this process can serve pages and store what people write, else 503.

    For whatever shares requests out among processes.
    """
    fault = _fault_of_stores()
    return _answer(fault or "ok", status=503 if fault else 200)


@login_not_required
@require_safe
@kept_for_a_moment
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the site does all it should, its mail and recurring work too, else 503.

    For whoever watches it. The first line says what is wrong, the others how late work is.
    """
    fault = _fault_of_stores()
    if fault:
        return _answer(fault, status=503)
    mail, tick = age_of_oldest_mail(), age_of_last_tick()
    if _is_overdue(OutboxMessage.objects.due().values_list("due_at", flat=True).first()):
        fault = "mail late"
    elif tick is not None and tick > LATE_AFTER.total_seconds():
        fault = "tick late"
    told = [
        f"oldest mail waiting: {'none' if mail is None else f'{mail} s'}",
        f"last tick: {'none yet' if tick is None else f'{tick} s ago'}",
    ]
    return _answer(fault or "ok", *told, status=503 if fault else 200)


def _answer(*lines: str, status: int = 200) -> HttpResponse:
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, status=status, content_type="text/plain")


def _fault_of_stores() -> str:
    """Return which store cannot be used, "" if all can."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUESTIONS.get(connection.vendor, "SELECT 1"))
            is_read_only = cursor.fetchone()[0] == "on"
    except Error:
        logger.exception("The database does not answer")
        return "database down"
    if is_read_only:
        return "database read-only"
    if not _cache_answers():
        return "cache down"
    try:
        for place in _folders():
            _write_something(place)
    except OSError as error:
        logger.error("The disk cannot be written: %s", told(error))
        return "disk full or read-only"
    return ""


def age_of_oldest_mail() -> int | None:
    """Return for how many seconds the oldest mail has waited that should be gone."""
    oldest = OutboxMessage.objects.delayed().aggregate(at=Min("created_at"))["at"]
    return _age(oldest)


def age_of_last_tick() -> int | None:
    """Return for how many seconds no round of `tick` has ended."""
    return _age(LastRun.time_of("tick"))


def _age(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, round((timezone.now() - moment).total_seconds()))


def _is_overdue(due_at: datetime | None) -> bool:
    return due_at is not None and timezone.now() - due_at > LATE_AFTER


def _cache_answers() -> bool:
    """Return whether the cache answers: limits are counted in it, with Redis sessions are too."""
    try:
        cache.get("health")
    except Exception:
        logger.exception("The cache does not answer")
        return False
    return True


def _folders() -> Iterator[Path]:
    """Yield the folders that this process writes to, and check its database file."""
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        if database.is_file():
            if not os.access(database, os.W_OK):
                raise PermissionError(f"{database} is read-only")
            yield database.parent
    if Path(settings.MEDIA_ROOT).is_dir():
        yield Path(settings.MEDIA_ROOT)


def _write_something(folder: Path) -> None:
    """Write and remove a file: only that tells whether a disk is full, by whichever limit."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(PROBE_BYTES))
        file.flush()
