"""Errors told to a Sentry, where SENTRY_DSN names one; else this is not imported (ADR 0067).

What leaves is built from a list of what may, and not cleaned of what may not: a new version of the
SDK finds new things to send along.
"""

from collections.abc import Mapping
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration

from blog.web.logs import request_fields

PARTS = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "sdk")
FRAME = (
    *("filename", "function", "module", "lineno", "in_app"),
    *("context_line", "pre_context", "post_context"),  # lines of the program
)


def start(dsn: str, *, environment: str, release: str, transport: Any = None) -> None:
    """Report errors from now on. No speeds, sessions, breadcrumbs, bodies or local values."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        transport=transport,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False)],
        before_send=only_what_may_leave,  # type: ignore[arg-type]
        before_send_transaction=lambda event, hint: None,
        # send_default_pii is off unless somebody turns it on, and naming it is deprecated.
        include_local_variables=False,
        include_source_context=True,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="",
    )


def only_what_may_leave(event: Mapping[str, Any], hint: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event with the places of an error and the page, without words or values."""
    kept = {name: event[name] for name in PARTS if event.get(name)}
    errors = (event.get("exception") or {}).get("values") or []
    if errors:
        kept["exception"] = {"values": [_error(one) for one in errors]}
    template = (event.get("logentry") or {}).get("message")
    if template and event["logentry"].get("params"):  # else the words may be in it already
        kept["logentry"] = {"message": template}
    about = {name: str(value) for name, value in request_fields().items() if value}
    user = about.pop("user", None)
    if user:
        kept["user"] = {"id": user}
    kept["tags"] = about
    if about.get("view"):
        kept["transaction"] = about["view"]
    return kept


def _error(error: Mapping[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        "mechanism": {"type": "generic", "handled": False},
        "stacktrace": {
            "frames": [{name: one[name] for name in FRAME if name in one} for one in frames]
        },
    }
