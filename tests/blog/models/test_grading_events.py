"""What the database itself refuses of the history of grades, and what that outlives."""

from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from blog.models import Course, Grading, GradingEvent, Prompt
from tests import factories

pytestmark = pytest.mark.every_database


@pytest.fixture
def event(ada, course, prompt, instructor):
    post = factories.make_post(ada, course, prompt=prompt)
    grading = factories.make_grading(post, instructor)
    event = GradingEvent.of(grading, by=instructor, kind=GradingEvent.Kind.SAVED)
    event.save()
    return event


def test_an_event_cannot_be_changed(event):
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        GradingEvent.objects.update(changes={"text": ["", "Something else."]})

    assert GradingEvent.objects.get().changes == {}


def test_an_event_cannot_be_deleted(event):
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        event.delete()

    assert GradingEvent.objects.get() == event


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has REPLACE.")
def test_an_event_is_not_replaced(event):
    columns = ", ".join(field.column for field in GradingEvent._meta.concrete_fields)
    others = columns.replace("changes", "'{\"text\": []}'")

    with (
        pytest.raises(DatabaseError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"REPLACE INTO blog_gradingevent ({columns}) SELECT {others} FROM blog_gradingevent"
        )

    assert GradingEvent.objects.get().changes == {}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite makes tables anew.")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("model", "name"), [(Course, "term"), (Prompt, "title")])
def test_a_migration_of_courses_or_prompts_makes_the_trigger_again(model, name):
    """It names their tables: a migration that changes one drops it first, or fails."""
    field = model._meta.get_field(name)
    longer = field.clone()
    longer.max_length += 1
    longer.set_attributes_from_name(name)
    trigger = import_module("blog.migrations._history_of_grades")
    with pytest.raises(DatabaseError, match=trigger.NAME), connection.schema_editor() as editor:
        editor.alter_field(model, field, longer)

    for before, after in ((field, longer), (longer, field)):
        with connection.schema_editor() as editor:
            trigger.drop_trigger(None, editor)
            editor.alter_field(model, before, after)
            trigger.create_trigger(None, editor)


def test_an_event_outlives_its_grading(event, ada, prompt):
    Grading.objects.get().delete()

    [kept] = GradingEvent.objects.of_work(prompt, ada, Grading.Kind.POST)
    assert kept == event
