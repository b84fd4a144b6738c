"""Triggers that refuse changes of grading events, as those of moderation events do (0037).

A later migration that changes the table on SQLite makes it anew, without its trigger, and has to
make that again: tests/blog/models/test_grading_events.py tells.
"""

from django.db import migrations

MESSAGE = "Grading events are only ever added."

SQLITE = f"""
CREATE TRIGGER grading_events_never_change BEFORE UPDATE ON blog_gradingevent
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION refuse_change_of_grading_event() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER grading_events_never_change BEFORE UPDATE ON blog_gradingevent
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_grading_event()
"""


def create_triggers(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if is_postgresql else SQLITE)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER grading_events_never_change ON blog_gradingevent")
        schema_editor.execute("DROP FUNCTION refuse_change_of_grading_event")
    else:
        schema_editor.execute("DROP TRIGGER grading_events_never_change")


class Migration(migrations.Migration):
    dependencies = [("blog", "0044_grades_without_posts_levels_or_words")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
