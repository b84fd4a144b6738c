"""``manage.py check --deploy`` names what does not fit together."""

import pytest
from django.db import OperationalError, connection, connections

from blog.web.replica import REPLICA
from plnsite import deployment
from plnsite.deployment import check_deployment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_replica(monkeypatch):
    """Forget that of the environment: these tests say themselves what there is."""
    monkeypatch.delitem(connections.settings, REPLICA, raising=False)


def found() -> list[tuple[str, str]]:
    return [(warning.id, warning.msg) for warning in check_deployment(None)]


def answer(monkeypatch, facts):
    """Let databases say, each by its alias, whether they are behind a pooler, and a standby."""
    monkeypatch.setitem(connections.settings, REPLICA, connection.settings_dict)
    monkeypatch.setattr(deployment, "_connection_facts", facts.__getitem__)


def test_what_fits_is_silent(monkeypatch):
    answer(monkeypatch, {"default": (False, False, "UTF8"), "replica": (False, True, "UTF8")})

    assert found() == []


def test_a_pooler_wants_no_cursors_of_the_server(monkeypatch):
    answer(monkeypatch, {"default": (True, False, "UTF8"), "replica": (False, True, "UTF8")})
    options = connection.settings_dict

    monkeypatch.setitem(options, "DISABLE_SERVER_SIDE_CURSORS", False)
    with_cursors = found()
    monkeypatch.setitem(options, "DISABLE_SERVER_SIDE_CURSORS", True)

    assert found() == []
    assert with_cursors == [
        (
            "plnsite.W003",
            "A pooler is in front of the database of DATABASE_URL, and cursors of the server are "
            "on.",
        )
    ]


@pytest.mark.skipif(
    not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"],
    reason="the database under test has no pooler before it",
)
def test_a_pooler_that_is_there_is_noticed(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", False)

    assert [identifier for identifier, _message in found()] == ["plnsite.W003"]


def test_databases_that_are_mixed_up_are_named(monkeypatch):
    answer(monkeypatch, {"default": (False, True, "UTF8"), "replica": (False, False, "UTF8")})

    assert found() == [
        ("plnsite.W004", "The database of DATABASE_URL is a standby, which cannot be written."),
        ("plnsite.W004", "The database of REPLICA_URL is no standby."),
    ]


def test_a_database_that_cannot_hold_every_letter_is_named(monkeypatch):
    answer(monkeypatch, {"default": (False, False, "SQL_ASCII"), "replica": (False, True, "UTF8")})

    assert found() == [
        ("plnsite.W005", "The database of DATABASE_URL stores text as SQL_ASCII."),
    ]


def test_a_database_that_does_not_answer_is_named(monkeypatch):
    def fail(alias):
        raise OperationalError("connection refused")

    monkeypatch.setattr(deployment, "_connection_facts", fail)

    assert (
        "plnsite.W002",
        "The database of DATABASE_URL does not answer: connection refused",
    ) in found()


@pytest.mark.parametrize(
    ("backend", "identifier"),
    [
        ("django.core.cache.backends.locmem.LocMemCache", "plnsite.W001"),
        ("django.core.cache.backends.dummy.DummyCache", "plnsite.W001"),
        ("django.core.cache.backends.redis.RedisCache", "plnsite.W002"),  # nobody is at that port
    ],
)
def test_a_cache_that_processes_do_not_share_is_named(settings, backend, identifier):
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1"}}

    assert [one for one, _message in found()] == [identifier]
