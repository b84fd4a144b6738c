"""The figures themselves. Loaded only where METRICS_TOKEN is set (ADR 0067).

gunicorn’s workers each count for themselves, into files of the folder PROMETHEUS_MULTIPROC_DIR,
which gunicorn.conf.py makes; whoever is asked adds them up.
"""

import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client.multiprocess import MultiProcessCollector

from blog.web.health import age_of_last_tick, age_of_oldest_mail

__all__ = ["CONTENT_TYPE", "count_request", "exposition"]

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_own = CollectorRegistry()
_requests = Counter(
    "pln_requests", "requests by page and status", ["view", "status"], registry=_own
)
_seconds = Histogram(
    "pln_request_seconds", "how long requests took", ["view"], buckets=SECONDS, registry=_own
)


class Ages:
    """The delays of work, read from the database with the figures."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, words, seconds in (
            ("pln_oldest_mail_seconds", "age of the oldest mail waiting", age_of_oldest_mail()),
            ("pln_last_tick_seconds", "time since the last round of tick", age_of_last_tick()),
        ):
            if seconds is not None:
                yield GaugeMetricFamily(name, words, value=seconds)


def count_request(view: str, status: int, seconds: float) -> None:
    """Count an answer. Addresses that lead nowhere are one page: anybody can think of more."""
    page = view or "none"
    _requests.labels(page, str(status)).inc()
    _seconds.labels(page).observe(seconds)


def exposition() -> bytes:
    """Return all figures in the format that Prometheus reads."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
        counted = generate_latest(registry)
    else:
        counted = generate_latest(_own)
    ages = CollectorRegistry()
    ages.register(Ages())
    return counted + generate_latest(ages)
