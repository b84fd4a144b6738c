"""Triggers of PostgreSQL that refuse to truncate the records that are only ever added to.

TRUNCATE asks no trigger of rows. ``manage.py flush`` says in its transaction that it is that. SQLite
has no TRUNCATE: what deletes all its rows is a DELETE.
"""

from django.db import migrations

TABLES = ("auditevent", "auditpurge", "gradingevent", "moderationevent")
MESSAGE = "Records are only ever added."


def create_triggers(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        f"CREATE FUNCTION refuse_truncation() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF current_setting('commonplace.is_flushing', true) = 'yes' THEN RETURN NULL; "
        f"END IF; RAISE EXCEPTION '{MESSAGE}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON blog_{table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation()"
        )


def drop_triggers(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_is_never_truncated ON blog_{table}")
    schema_editor.execute("DROP FUNCTION refuse_truncation")


class Migration(migrations.Migration):
    dependencies = [("blog", "0101_own_blogs")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
