"""manage.py flush: an empty database, whose history of grades can only grow again."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from blog.models import Course, GradingEvent, User
from tests import emptied_database, factories


@pytest.fixture
def graded(db, course, ada, prompt, instructor):
    grading = factories.make_grading(factories.make_post(ada, course, prompt=prompt), instructor)
    GradingEvent.of(grading, by=instructor, kind="saved").save()
    return grading


def _triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
        return {sql for (sql,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_flush_deletes_everything_and_keeps_the_triggers(graded, monkeypatch):
    monkeypatch.setattr(emptied_database, "may_skip_triggers", lambda connection: False)
    before = _triggers()

    call_command("flush", verbosity=0, interactive=False)

    assert not User.objects.exists()
    assert not Course.objects.exists()
    assert not GradingEvent.objects.exists()
    assert before
    assert _triggers() == before


@pytest.mark.django_db(transaction=True)
def test_a_flush_that_fails_changes_nothing(graded, monkeypatch):
    def fail(statements):
        raise DatabaseError("broken")

    before = _triggers()
    monkeypatch.setattr(connection.ops, "execute_sql_flush", fail)

    with pytest.raises(CommandError, match="couldn't be flushed"):
        call_command("flush", verbosity=0, interactive=False)
    monkeypatch.undo()

    assert GradingEvent.objects.count() == 1
    assert _triggers() == before


def test_flush_asks_first(graded, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "no")

    call_command("flush")

    assert "with the history of grades" in asked[0]
    assert capsys.readouterr().out == "Nothing is deleted.\n"
    assert GradingEvent.objects.count() == 1


def test_nothing_else_deletes_an_event(graded):
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        GradingEvent.objects.all().delete()


@pytest.mark.parametrize("table", ["auditevent", "auditpurge", "gradingevent", "moderationevent"])
def test_nor_does_postgresql_truncate_a_record(graded, table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL waits for these first
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            cursor.execute(f"TRUNCATE blog_{table} CASCADE")
