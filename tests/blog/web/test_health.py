"""Answers of the site to whoever watches it."""

import errno
import os
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from blog.models import LastRun, OutboxMessage
from blog.tasks.mail import MAX_MAIL_ATTEMPTS
from blog.web import health
from tests import factories


@pytest.fixture
def mail(db):
    """Return a function that makes a mail that was due some minutes ago."""

    def make(minutes, **fields):
        moment = timezone.now() - timedelta(minutes=minutes)
        fields = {"created_at": moment, "due_at": moment} | fields
        return OutboxMessage.objects.create(
            key=f"test:{minutes}", recipient=factories.make_user(), template="message", **fields
        )

    return make


def ran(minutes):
    LastRun.objects.create(name="tick", at=timezone.now() - timedelta(minutes=minutes))


def said(client, address="/healthz"):
    response = client.get(address)
    return response.status_code, response.content.decode().splitlines()


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "queries"), [("/livez", 0), ("/readyz", 2), ("/healthz", 5)])
def test_it_answers_anybody_quickly(client, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        response = client.get(address, {"verbose": "1"})

    assert response.status_code == 200
    assert response.content.startswith(b"ok\n")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_readyz_and_livez_say_nothing_else(client):
    assert [said(client, "/livez"), said(client, "/readyz")] == [(200, ["ok"])] * 2


@pytest.mark.django_db
def test_a_site_on_which_nothing_has_happened_is_well(client):
    told = ["ok", "oldest mail waiting: none", "last tick: none yet"]
    assert said(client) == (200, told)


def test_mail_that_nobody_sends_is_a_fault_and_pages_are_served(client, mail):
    mail(14)
    assert said(client)[0] == 200
    mail(16)

    status, lines = said(client)

    assert (status, lines[0]) == (503, "mail late")
    assert lines[1].startswith("oldest mail waiting: 96")
    assert said(client, "/readyz") == (200, ["ok"])


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({"sent_at": timezone.now()}, False),
        ({"due_at": timezone.now() + timedelta(hours=9)}, False),  # in the morning
        ({"due_at": timezone.now() + timedelta(hours=9), "attempts": 3}, True),
        ({"due_at": timezone.now() + timedelta(days=3650), "attempts": MAX_MAIL_ATTEMPTS}, False),
    ],
    ids=["sent", "at-night", "tried", "given-up"],
)
def test_mail_that_waits_for_its_time_is_none(client, mail, fields, waits):
    mail(600, **fields)

    status, lines = said(client)

    assert (status, lines[0]) == (200, "ok")
    assert (lines[1] != "oldest mail waiting: none") == waits


@pytest.mark.django_db
def test_a_tick_that_stopped_is_a_fault(client):
    ran(16)

    status, lines = said(client)

    assert (status, lines[0]) == (503, "tick late")
    assert lines[2].startswith("last tick: 96")


@pytest.mark.django_db
def test_each_tick_is_known(client):
    ran(60)

    call_command("tick")

    status, lines = said(client)
    assert (status, lines[0]) == (200, "ok")
    assert lines[2] in [f"last tick: {seconds} s ago" for seconds in range(60)]


@pytest.mark.django_db
def test_healthz_is_503_when_the_cache_is_gone(client, monkeypatch, caplog):
    monkeypatch.setattr(cache, "get", fail_with(OperationalError("no such table: cache")))

    assert said(client) == (503, ["cache down"])
    assert said(client, "/livez") == (200, ["ok"])
    assert "The cache does not answer" in caplog.text


def test_healthz_is_503_when_the_database_is_gone(client, monkeypatch, caplog):
    def no_cursor(*args):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", no_cursor)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.content == b"database down\n"
    assert "The database does not answer" in caplog.text


def test_healthz_refuses_to_be_posted_to(client):
    assert client.post("/healthz").status_code == 405


def fail_with(error):
    def fail(*args, **kwargs):
        raise error

    return fail


@pytest.mark.django_db
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EACCES])
def test_healthz_is_503_when_nothing_can_be_stored(client, monkeypatch, caplog, code):
    error = OSError(code, os.strerror(code))
    monkeypatch.setattr("blog.web.health.tempfile.TemporaryFile", fail_with(error))

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.content == b"disk full or read-only\n"
    assert "The disk cannot be written" in caplog.text


@pytest.mark.django_db
def test_healthz_leaves_no_file_behind(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    client.get("/healthz")

    assert list(tmp_path.iterdir()) == []


def test_the_icon_is_where_browsers_once_looked_for_it(client, db):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg")
    assert answer["Cache-Control"] == "public, max-age=86400"


@pytest.mark.django_db
def test_what_it_says_is_kept_for_a_moment_by_each_address(
    client, monkeypatch, django_assert_num_queries
):
    """Nobody keeps the database and the disk busy by asking."""
    monkeypatch.setattr(health, "KEPT_SECONDS", 3)
    monkeypatch.setattr(health, "_last", {})
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    first = said(client), said(client, "/readyz")
    monkeypatch.setattr(health, "_fault_of_stores", lambda: "database down")

    with django_assert_num_queries(0):
        assert (said(client), said(client, "/readyz")) == first

    now += 3
    assert said(client, "/readyz") == said(client) == (503, ["database down"])
