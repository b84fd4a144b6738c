"""Triggers that refuse changes and deletion of grading events, which outlive their grading.

A later migration that changes the table on SQLite makes it anew, without its triggers, and has to
make these again: tests/blog/models/test_grading_events.py tells.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MESSAGE = "Grading events are only ever added."
NAMES = {"UPDATE": "grading_events_never_change", "DELETE": "grading_events_are_never_deleted"}


def create_triggers(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(
            f"CREATE FUNCTION refuse_change_of_grading_event() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    body = (
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_grading_event()"
        if is_postgresql
        else f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for act, name in NAMES.items():
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON blog_gradingevent {body}")


def drop_triggers(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name in NAMES.values():
        on = " ON blog_gradingevent" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}")
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION refuse_change_of_grading_event")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("blog", "0082_fill_the_work_of_grading_events"),
    ]

    operations = [
        migrations.AlterField(
            model_name="gradingevent",
            name="prompt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grading_events",
                to="blog.prompt",
            ),
        ),
        migrations.AlterField(
            model_name="gradingevent",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="gradingevent",
            name="grading_kind",
            field=models.CharField(
                choices=[("post", "post"), ("comments", "comments")], max_length=8
            ),
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
