"""The history of grades goes with its course a year after it was written, and no sooner (ADR 0084).

Grades can be changed after the last day of a course, and what a decision rests on stays for a year
from then. Only what somebody was writing as the course was hidden goes with the rest.
"""

from importlib import import_module

from django.db import migrations

earlier = import_module("blog.migrations.0114_grading_events_go_with_their_course")

OLD_ENOUGH = """
(OLD.at <= {a_year_ago} OR EXISTS (
    SELECT 1 FROM blog_prompt JOIN blog_course ON blog_course.id = blog_prompt.course_id
    WHERE blog_prompt.id = OLD.prompt_id AND OLD.at >= blog_course.erasing_since
))
"""
SQLITE = OLD_ENOUGH.format(a_year_ago="strftime('%Y-%m-%d %H:%M:%f', 'now', '-365 days')")
POSTGRESQL = OLD_ENOUGH.format(a_year_ago="now() - interval '365 days'")


def keep_for_a_year(apps, schema_editor):
    let_go(
        schema_editor, f"{earlier.SQLITE} AND {SQLITE}", f"{earlier.POSTGRESQL} AND {POSTGRESQL}"
    )


def go_with_course(apps, schema_editor):
    let_go(schema_editor, earlier.SQLITE, earlier.POSTGRESQL)


def let_go(schema_editor, on_sqlite, on_postgresql):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION refuse_deletion_of_grading_event() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN IF {on_postgresql} THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{earlier.MESSAGE}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    else:
        earlier.drop_trigger(schema_editor)
        schema_editor.execute(
            f"CREATE TRIGGER {earlier.NAME} BEFORE DELETE ON {earlier.TABLE} "
            f"WHEN NOT ({on_sqlite}) BEGIN SELECT RAISE(ABORT, '{earlier.MESSAGE}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("blog", "0121_launches_ask_once")]

    operations = [migrations.RunPython(keep_for_a_year, go_with_course)]
