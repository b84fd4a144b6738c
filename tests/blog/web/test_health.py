import errno
import os

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_healthz_answers_anybody_when_the_database_does(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert response["Cache-Control"] == "private, no-store"


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
