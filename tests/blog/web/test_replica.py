"""Reports and exports read the replica, write to the primary, and never miss what was just stored.

The replica of these tests is a second connection to the same database that cannot write. A real
one, which can fall behind, is in ``tests/plnsite/test_standby.py``.
"""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.models import AuditEvent, Course
from blog.web import replica
from blog.web.replica import REPLICA, reading_replica
from network.ties import clock_of
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET default_transaction_read_only = on",
}


@pytest.fixture
def standby(settings, transactional_db, monkeypatch):
    """Yield a site with a replica that has everything at once."""
    settings.DATABASE_ROUTERS = ["blog.web.replica.ReplicaRouter"]
    monkeypatch.setattr(replica, "_is_current", lambda: True)
    monkeypatch.setitem(connections.settings, REPLICA, connection.settings_dict)
    connections[REPLICA].connect()  # itself: no mark of a test can name what is not in the settings
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(READ_ONLY[connection.vendor])
    yield connections[REPLICA]
    connections[REPLICA].close()
    del connections[REPLICA]


@pytest.fixture
def graded(course, prompt, ada, bob, instructor):
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_comment(bob, post)
    factories.make_grading(post, instructor, "Well read.")


def tables_read(captured) -> set[str]:
    return {
        table
        for table in ("blog_grading", "network_tieunit", "django_session")
        for query in captured
        if f'FROM "{table}"' in query["sql"] or f"FROM {table} " in query["sql"]
    }


@pytest.mark.parametrize(
    ("address", "method", "read"),
    [
        (["gradebook_export", "csv"], "post", "blog_grading"),
        (["grading_agreement", 1], "get", "blog_grading"),
        (["class_network"], "get", "network_tieunit"),
        (["network_export_file", "csv"], "post", "network_tieunit"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_reports_and_exports_are_read_there(
    client, standby, course, graded, instructor, address, method, read
):
    client.force_login(instructor)
    name, *rest = address

    with CaptureQueriesContext(standby) as there, CaptureQueriesContext(connection) as here:
        answer = getattr(client, method)(reverse(name, args=[course.slug, *rest]))

    assert answer.status_code == 200
    assert read in tables_read(there)
    assert read not in tables_read(here)
    # Who asks, and what they may, is the primary's to say.
    assert "django_session" in tables_read(here)
    assert "django_session" not in tables_read(there)


def test_the_first_export_keeps_the_key_that_it_has_just_made(
    client, standby, course, ada, instructor
):
    client.force_login(instructor)

    client.post(reverse("network_export_file", args=[course.slug, "csv"]))

    assert AuditEvent.objects.get(action="network_exported").actor == instructor
    with reading_replica():
        assert clock_of(course).pk


def test_commands_that_export_read_there(standby, course, graded, tmp_path):
    with CaptureQueriesContext(standby) as there:
        path = tmp_path / "net.gexf"
        call_command("export_network", course.slug, format="gexf", output=path, verbosity=0)

    assert "network_tieunit" in tables_read(there)
    assert AuditEvent.objects.using("default").filter(action="network_exported").exists()


def test_what_is_read_there_is_saved_on_the_primary(standby, course):
    with reading_replica():
        found = Course.objects.get(pk=course.pk)
        found.title = "Read here, written there"
        found.save()
        with pytest.raises(DatabaseError):
            found.save(using=REPLICA)

    assert found._state.db == "default"
    assert Course.objects.get(pk=course.pk).title == "Read here, written there"


def test_other_pages_never_ask_it(client, standby, course, graded, ada):
    client.force_login(ada)

    with CaptureQueriesContext(standby) as there:
        client.get(reverse("course_home", args=[course.slug]))

    assert list(there) == []


def test_without_a_replica_nothing_is_asked_of_one(course, django_assert_num_queries):
    with django_assert_num_queries(1), reading_replica():
        assert Course.objects.get(pk=course.pk) == course


@pytest.mark.parametrize("is_there", [None, False])
def test_one_that_is_behind_or_none_is_not_read(standby, course, monkeypatch, caplog, is_there):
    monkeypatch.undo()
    monkeypatch.setitem(connections.settings, REPLICA, connection.settings_dict)
    monkeypatch.setattr(replica, "PATIENCE_SECONDS", 0)
    answers = {replica.STORED: "0/1", replica.IS_THERE: is_there}
    monkeypatch.setattr(replica, "_value", lambda alias, question, *rest: answers[question])

    with CaptureQueriesContext(standby) as there, reading_replica():
        Course.objects.get(pk=course.pk)

    assert list(there) == []
    assert "the primary is read" in caplog.text
