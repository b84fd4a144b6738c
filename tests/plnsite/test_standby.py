"""A real replica: PostgreSQL’s own, which follows the database under test and can fall behind.

``.ci/run`` starts one and names it in REPLICA_URL; elsewhere these tests skip.
"""

import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.web import replica
from blog.web.replica import REPLICA, reading_replica
from tests import factories

if REPLICA not in connections.settings:
    pytest.skip("REPLICA_URL is unset: there is no replica to read", allow_module_level=True)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", REPLICA])


@pytest.fixture
def pause():
    """Let the replica fall behind, and follow again after the test."""

    def run(function):
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(f"SELECT {function}()")

    yield lambda: run("pg_wal_replay_pause")
    run("pg_wal_replay_resume")


@pytest.fixture
def export(client, course, instructor):
    """Return a function that reads an export, and counts what the replica was asked for it."""
    client.force_login(instructor)
    address = reverse("gradebook_export", args=[course.slug, "csv"])

    def read():
        with CaptureQueriesContext(connections[REPLICA]) as there:
            text = client.post(address).content.decode()
        return text, sum("blog_" in query["sql"] for query in there)

    return read


def test_an_export_is_read_there_and_has_what_was_stored_before(course, export, monkeypatch):
    monkeypatch.setattr(replica, "PATIENCE_SECONDS", 60)  # a busy machine is no replica behind

    for number in range(3):
        factories.add_member(course, factories.make_user(f"Student {number}"))
        text, questions = export()

        assert f"Student {number}" in text
        assert questions > 0


def test_while_it_is_behind_the_primary_is_read(course, export, pause, caplog, monkeypatch):
    monkeypatch.setattr(replica, "PATIENCE_SECONDS", 0)
    pause()
    factories.add_member(course, factories.make_user("Lou Late"))

    text, questions = export()

    assert "Lou Late" in text
    assert questions == 0
    assert "The replica is behind" in caplog.text


def test_one_that_does_not_answer_is_not_waited_for(client, course, export, monkeypatch, caplog):
    monkeypatch.setitem(connections[REPLICA].settings_dict, "PORT", 1)
    connections[REPLICA].close()

    answer = client.get(reverse("gradebook_exports", args=[course.slug]))

    assert answer.status_code == 200
    assert "The replica does not answer" in caplog.text


def test_it_takes_no_write(course):
    with reading_replica(), pytest.raises(DatabaseError, match="read-only"):
        course.save(using=REPLICA)
    assert connection.alias == "default"
