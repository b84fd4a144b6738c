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
