"""How the site logs: lines for people, or JSON for programs (ADR 0066)."""

from typing import Any

FORMATTERS: dict[str, dict[str, Any]] = {
    "plain": {
        "()": "blog.web.logs.PlainLines",
        "fmt": "{asctime} {levelname} {name}: {message}",
        "style": "{",
    },
    "json": {"()": "blog.web.json_logs.JsonLines"},
}


def logging_config(log_format: str, *, debug: bool) -> dict[str, Any]:
    """Return the logging of a site: to the console, for the process manager.

    No bodies; and in production no paths of pages and no words of errors.
    """
    hiding = {"hides_values": not debug} if log_format == "plain" else {}
    # Anybody can send a wrong host name; it is answered with 400, and not logged.
    levels = {"django.security.DisallowedHost": {"level": "CRITICAL"}}
    if log_format == "json":  # what was refused has a line with its status already
        levels["django.request"] = {"level": "ERROR"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {log_format: FORMATTERS[log_format] | hiding},
        "filters": {
            "hide_tokens": {"()": "blog.web.logs.HideTokens"},
            "hide_paths": {"()": "blog.web.logs.HidePaths"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": log_format,
                "filters": ["hide_tokens"] if debug else ["hide_paths", "hide_tokens"],
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            name: {"handlers": ["console"], "level": "INFO", "propagate": False}
            for name in ("django", "blog", "network")
        }
        | levels,
    }
