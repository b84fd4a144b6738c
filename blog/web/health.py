"""The health check for process managers and load balancers."""

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

PROBE_BYTES = 256 * 1024
# A transaction of a standby, or of a database that was set so, cannot write.
QUESTIONS = {"postgresql": "show transaction_read_only"}


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 if this process can serve pages and store what people write, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUESTIONS.get(connection.vendor, "SELECT 1"))
            is_read_only = cursor.fetchone()[0] == "on"
    except Error:
        logger.exception("The database does not answer")
        return _down("database down")
    if is_read_only:
        return _down("database read-only")
    if "redis" in settings.CACHES["default"]["BACKEND"] and not _cache_answers():
        return _down("cache down")
    try:
        for place in _folders():
            _write_something(place)
    except OSError as error:
        logger.error("The disk cannot be written: %s", error)
        return _down("disk full or read-only")
    return HttpResponse("ok\n", content_type="text/plain")


def _down(reason: str) -> HttpResponse:
    return HttpResponse(f"{reason}\n", status=503, content_type="text/plain")


def _cache_answers() -> bool:
    """Return whether the cache answers, where it is none of the database's: sessions are in it."""
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
