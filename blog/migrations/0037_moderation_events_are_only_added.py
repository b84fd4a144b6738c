"""Triggers that refuse changes of moderation events (ADR 0025). A DELETE is left to purges.

A later migration that changes the table on SQLite makes it anew, without its trigger, and has to
make that again: tests/blog/models/test_moderation.py tells.
"""

from django.db import migrations

MESSAGE = "Moderation events are only ever added."

SQLITE = f"""
CREATE TRIGGER moderation_events_never_change BEFORE UPDATE ON blog_moderationevent
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION refuse_change_of_moderation_event() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER moderation_events_never_change BEFORE UPDATE ON blog_moderationevent
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_moderation_event()
"""


def create_triggers(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if is_postgresql else SQLITE)


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER moderation_events_never_change ON blog_moderationevent")
        schema_editor.execute("DROP FUNCTION refuse_change_of_moderation_event")
    else:
        schema_editor.execute("DROP TRIGGER moderation_events_never_change")


class Migration(migrations.Migration):
    dependencies = [("blog", "0036_courses_have_a_charter_and_moderation")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
