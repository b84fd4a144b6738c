"""Last keys of tables that a migration remakes: no row gets the key of a deleted one."""

import pytest
from django.apps.registry import Apps
from django.db import connection, models

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL makes no table anew"),
]


@pytest.fixture
def note():
    """Yield a table of its own."""

    class Note(models.Model):
        text = models.CharField(max_length=10)

        class Meta:
            app_label = "notes"
            apps = Apps()

        def __str__(self):
            return self.text

    with connection.schema_editor() as editor:
        editor.create_model(Note)
    yield Note
    with connection.schema_editor() as editor:
        editor.delete_model(Note)


def named(field, name, model):
    field.set_attributes_from_name(name)
    field.model = model
    return field


def add_field(editor, note):
    field = models.CharField(max_length=5, default="new")
    editor.add_field(note, named(field, "word", note))


def alter_field(editor, note):
    new = models.CharField(max_length=10, null=True)
    editor.alter_field(note, note._meta.get_field("text"), named(new, "text", note))


def add_constraint(editor, note):
    rule = models.CheckConstraint(condition=~models.Q(text="never"), name="notes_are_not_never")
    editor.add_constraint(note, rule)


@pytest.mark.parametrize("change", [add_field, alter_field, add_constraint])
@pytest.mark.parametrize("left", [1, 0])
def test_a_table_that_is_made_anew_gives_no_key_again(note, change, left):
    keys = [note.objects.create(text="A").pk for _each in range(3)]
    note.objects.filter(pk__in=keys[left:]).delete()

    with connection.schema_editor() as editor:
        change(editor, note)

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notes_note (text) VALUES ('B')"
            if change != add_field
            else "INSERT INTO notes_note (text, word) VALUES ('B', 'C')"
        )
        assert cursor.lastrowid == keys[-1] + 1


def test_a_table_that_never_had_a_row_begins_at_one(note):
    with connection.schema_editor() as editor:
        alter_field(editor, note)

    assert note.objects.create(text="A").pk == 1


def test_what_a_migration_would_do_can_still_be_printed(note):
    note.objects.create(text="A")
    with connection.schema_editor(collect_sql=True) as editor:
        alter_field(editor, note)

    assert any("new__notes_note" in line for line in editor.collected_sql)
