"""Monitoring of the site: its logs (ADR 0066), figures, and reports of errors (ADR 0067)."""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

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


def extra(variable: str, value: str, module: str, name: str) -> str:
    """Return the value of a variable that needs the packages of an extra; "" needs none."""
    if value and not find_spec(module):
        raise ImproperlyConfigured(
            f"{variable} needs packages that are not installed. "
            f"Run: pip install --require-hashes -r requirements-{name}.txt"
        )
    return value


def metrics_token(token: str) -> str:
    """Return the token that opens /metrics; "" opens it to nobody."""
    if token and (len(token) < 20 or not token.isascii() or any(c.isspace() for c in token)):
        raise ImproperlyConfigured("METRICS_TOKEN must be at least 20 signs, without spaces.")
    return extra("METRICS_TOKEN", token, "prometheus_client", "metrics")


def log_format(name: str) -> str:
    """Return the format of log lines."""
    if name not in FORMATTERS:
        raise ImproperlyConfigured(f"LOG_FORMAT must be plain or json, not {name!r}.")
    return name
