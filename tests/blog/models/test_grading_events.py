"""Changes of the history of grades that the database refuses, and how long it lasts."""

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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("model", "name"), [(Course, "term"), (Prompt, "title")])
def test_a_migration_of_courses_or_prompts_leaves_the_trigger(model, name, event):
    """It names their tables, which SQLite remakes to change them."""
    field = model._meta.get_field(name)
    longer = field.clone()
    longer.max_length += 1
    longer.set_attributes_from_name(name)

    for before, after in ((field, longer), (longer, field)):
        with connection.schema_editor() as editor:
            editor.alter_field(model, before, after)
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            event.delete()


def test_an_event_outlives_its_grading(event, ada, prompt):
    Grading.objects.get().delete()

    [kept] = GradingEvent.objects.of_work(prompt, ada, Grading.Kind.POST)
    assert kept == event
