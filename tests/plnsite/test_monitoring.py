"""Errors told to a Sentry, and figures for Prometheus: off unless the environment says so."""

import logging
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from blog.models import LastRun
from plnsite import monitoring
from tests import factories
from tests.test_settings import manage

SECRET = "quince-marmalade"
TOKEN = "a-token-of-twenty-signs-and-more"
DSN = "https://0123456789abcdef0123456789abcdef@sentry.example.edu/1"


def test_a_site_that_wants_neither_imports_neither():
    code = (
        "import sys, plnsite.wsgi; from django.test import Client;"
        "Client().get('/metrics', headers={'host': 'localhost'});"
        "print([n for n in ('sentry_sdk', 'prometheus_client') if n in sys.modules])"
    )

    result = manage("shell", "--no-imports", "-c", code, DATABASE_URL="sqlite://")

    assert result.stdout == "[]\n", result.stderr


@pytest.mark.parametrize(
    ("variable", "module", "name"),
    [("SENTRY_DSN", "sentry_sdk", "sentry"), ("METRICS_TOKEN", "prometheus_client", "metrics")],
)
def test_packages_that_lack_are_named(monkeypatch, variable, module, name):
    monkeypatch.setattr(monitoring, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match=rf"{variable} .* -r requirements-{name}\.txt"):
        monitoring.extra(variable, "set", module, name)
    assert monitoring.extra(variable, "", module, name) == ""


@pytest.mark.parametrize(
    "token", ["short", "with spaces in it, but long", "ünicode-token-of-twenty"]
)
def test_a_token_that_could_be_guessed_or_not_sent_is_refused(token):
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN must be"):
        monitoring.metrics_token(token)


# Sentry


@pytest.fixture
def told(settings):
    """Collect what would be sent, by a transport that keeps it."""
    sentry_sdk = pytest.importorskip("sentry_sdk", reason="requirements-sentry.txt")
    from plnsite import sentry

    kept = []

    class Transport(sentry_sdk.transport.Transport):
        def capture_envelope(self, envelope):
            kept.extend(item.get_event() for item in envelope.items)

    settings.SENTRY_DSN = DSN
    sentry.start(DSN, environment="pln.example.edu", release="", transport=Transport)
    assert not sentry_sdk.get_client().should_send_default_pii()
    yield kept
    sentry_sdk.init()


def test_a_broken_form_is_told_without_its_words(client, told, ada, course, monkeypatch):
    def fail(*args, **kwargs):
        local_value = SECRET  # noqa: F841
        raise ValueError(f"{SECRET} of {ada.email}")

    client.raise_request_exception = False
    client.force_login(ada)
    post = factories.make_post(ada, course, slug=SECRET)
    monkeypatch.setattr("blog.views.comments.comment.add_comment", fail)
    form = {"text": SECRET, "audience": 30, "key": "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51"}
    address = reverse("comment_new", args=[course.slug, post.slug], query={"for": SECRET})

    answer = client.post(address, form, headers={"user-agent": SECRET, "referer": SECRET})

    assert answer.status_code == 500
    [event] = told
    assert set(event) - {"logger"} == {
        *("event_id", "timestamp", "platform", "level", "environment", "sdk"),
        *("exception", "tags", "transaction", "user"),
    }
    assert event["user"] == {"id": f"user:{ada.pk}"}
    assert event["transaction"] == event["tags"]["view"] == "comment_new"
    assert event["tags"]["request_id"] == answer["X-Request-ID"]
    [error] = event["exception"]["values"]
    assert (error["type"], "value" in error) == ("ValueError", False)
    frames = error["stacktrace"]["frames"]
    assert any(one["function"] == "comment_new" for one in frames)
    assert all("vars" not in one for one in frames)
    words = repr([{k: v for k, v in one.items() if "context" not in k} for one in frames])
    for word in (SECRET, ada.email, ada.display_name, client.cookies["sessionid"].value):
        assert word not in words
        assert word not in repr(event | {"exception": None})


def test_a_logged_error_is_told_by_its_template(told):
    logging.getLogger("blog.tasks").error("The task %s failed", SECRET)
    logging.getLogger("blog.tasks").error(f"The task {SECRET} failed")

    assert [event.get("logentry") for event in told] == [{"message": "The task %s failed"}, None]
    assert SECRET not in repr(told)


# Prometheus


@pytest.fixture
def figures(client, settings):
    """Return a function that reads the figures of a site that keeps some."""
    pytest.importorskip("prometheus_client", reason="requirements-metrics.txt")
    settings.METRICS_TOKEN = TOKEN

    def read():
        answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        lines = answer.content.decode().splitlines()
        return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))

    return read


def test_requests_are_counted_by_page_and_status(client, figures, ada, course):
    before = figures()
    client.force_login(ada)

    for _ in range(2):
        client.get(reverse("course_home", args=[course.slug]))
    client.get(f"/{SECRET}/")

    after = figures()
    page = 'pln_requests_total{status="200",view="course_home"}'
    assert float(after[page]) - float(before.get(page, 0)) == 2
    assert 'pln_requests_total{status="404",view="none"}' in after
    assert 'pln_request_seconds_bucket{le="10.0",view="course_home"}' in after
    assert SECRET not in repr(after)


@pytest.mark.django_db
def test_figures_say_how_late_work_is(client, figures):
    assert not {"pln_last_tick_seconds", "pln_oldest_mail_seconds"} & set(figures())
    LastRun.objects.create(name="tick", at=timezone.now() - timedelta(minutes=5))

    assert 300 <= float(figures()["pln_last_tick_seconds"]) < 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "header"),
    [("", "Bearer "), ("", ""), (TOKEN, ""), (TOKEN, f"Bearer {TOKEN}x"), (TOKEN, "Bearer é")],
)
def test_nobody_else_learns_that_there_are_figures(client, settings, token, header):
    settings.METRICS_TOKEN = token if not token or _has_prometheus() else ""

    answer = client.get("/metrics", headers={"authorization": header})

    assert answer.status_code == 404


def _has_prometheus() -> bool:
    return monitoring.find_spec("prometheus_client") is not None


COUNTING = """
import django; django.setup()
from blog.web.prometheus import count_request
count_request("course_home", 200, 0.2)
"""


@pytest.mark.slow
def test_the_processes_of_a_server_are_added_up(tmp_path):
    pytest.importorskip("prometheus_client", reason="requirements-metrics.txt")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "plnsite.settings",
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
    }

    for _ in range(2):
        subprocess.run([sys.executable, "-c", COUNTING], env=environment, check=True)
    asking = (
        "import prometheus_client.multiprocess as m; from prometheus_client import *;"
        "r = CollectorRegistry(); m.MultiProcessCollector(r); print(generate_latest(r).decode())"
    )
    told = subprocess.run(
        [sys.executable, "-c", asking], env=environment, check=True, capture_output=True, text=True
    )

    assert 'pln_requests_total{status="200",view="course_home"} 2.0' in told.stdout
