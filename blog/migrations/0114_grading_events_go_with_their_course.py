"""The history of grades can be deleted with a course on its day, and in no other way (ADR 0084).

The trigger looks at the rows of the prompt and of the course. A later migration that changes the
table of the events on SQLite makes it anew, without its triggers, and has to make these again:
tests/blog/models/test_grading_events.py tells.
"""

from django.db import migrations

MESSAGE = "Grading events are only ever added."
NAME = "grading_events_are_never_deleted"
TABLE = "blog_gradingevent"

# The day was chosen, it has come where the course is, and the course is hidden. The grades of a
# course are kept for a year after its last day, whatever a program thinks.
IS_ERASED = """
EXISTS (
    SELECT 1 FROM blog_prompt JOIN blog_course ON blog_course.id = blog_prompt.course_id
    WHERE blog_prompt.id = OLD.prompt_id
        AND blog_course.erasing_since IS NOT NULL
        AND blog_course.erased_on <= {tomorrow}
        AND blog_course.erased_on >= {a_year_later}
)
"""
SQLITE = IS_ERASED.format(
    tomorrow="date('now', '+1 day')", a_year_later="date(blog_course.ends_on, '+365 days')"
)
POSTGRESQL = IS_ERASED.format(
    tomorrow="(now() AT TIME ZONE 'UTC')::date + 1", a_year_later="blog_course.ends_on + 365"
)


def let_go_with_course(apps, schema_editor):
    drop_trigger(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION refuse_deletion_of_grading_event() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN IF {POSTGRESQL} THEN RETURN OLD; END IF; RAISE EXCEPTION '{MESSAGE}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_grading_event()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE DELETE ON {TABLE} WHEN NOT {SQLITE} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def let_nothing_go(apps, schema_editor):
    """Refuse every deletion, as 0083 does."""
    drop_trigger(schema_editor)
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION refuse_deletion_of_grading_event")
    body = (
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_grading_event()"
        if is_postgresql
        else f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    schema_editor.execute(f"CREATE TRIGGER {NAME} BEFORE DELETE ON {TABLE} {body}")


def drop_trigger(schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {NAME}{on}")


class Migration(migrations.Migration):
    dependencies = [("blog", "0113_courses_are_erased_on_a_day")]

    operations = [migrations.RunPython(let_go_with_course, let_nothing_go)]
