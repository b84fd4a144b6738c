"""Log records as JSON, one line each. Loaded only where LOG_FORMAT asks for it."""

import logging
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from blog.web.logs import one_line, request_fields, trace_of

# What our own records bring along; of all others nothing but the message is written.
EXTRA = ("status", "duration_ms")


class JsonLines(JsonFormatter):
    """A formatter of the fields named here: a record of Django's brings the whole request along."""

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        moment = datetime.fromtimestamp(record.created, tz=UTC)
        log_data["time"] = moment.isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["message"] = one_line(record.getMessage())
        log_data |= {name: value for name, value in request_fields().items() if value}
        log_data |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            log_data["trace"] = trace_of(record.exc_info[1])

    def formatException(self, ei) -> str:
        return ""  # whose words are not written
