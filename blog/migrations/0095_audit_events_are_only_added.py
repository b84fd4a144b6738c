"""Audit events outlive their course, and triggers refuse what would change the record (ADR 0065).

A later migration that changes one of the tables on SQLite makes it anew, without its triggers, and
has to make these again: tests/blog/models/test_audit.py tells.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

MESSAGE = "Audit events are only ever added."
# All but the course, which an event loses with the course's row.
KEPT = ("id", "actor_id", "action", "target", "data", "at")
PURGED = "EXISTS (SELECT 1 FROM blog_auditpurge WHERE OLD.at < blog_auditpurge.before)"


def loses_its_course(same: str) -> str:
    """Return the one change that is let through."""
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in KEPT)
    return f"NEW.course_id IS NULL AND {kept}"


def create_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        refusal = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'"
        for name, allowed, row in (
            ("change_of_audit_event", loses_its_course("IS NOT DISTINCT FROM"), "NEW"),
            ("deletion_of_audit_event", PURGED, "OLD"),
            ("change_of_audit_purge", "FALSE", "OLD"),
        ):
            schema_editor.execute(
                f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {allowed} THEN RETURN {row}; END IF; {refusal}; END $$"
            )
        bodies = [
            ("audit_events_never_change", "UPDATE", "auditevent", "change_of_audit_event"),
            ("audit_events_stay", "DELETE", "auditevent", "deletion_of_audit_event"),
            ("audit_purges_never_change", "UPDATE", "auditpurge", "change_of_audit_purge"),
            ("audit_purges_stay", "DELETE", "auditpurge", "change_of_audit_purge"),
        ]
        for name, act, table, function in bodies:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON blog_{table} "
                f"FOR EACH ROW EXECUTE FUNCTION refuse_{function}()"
            )
        return
    for name, act, table, allowed in (
        ("audit_events_never_change", "UPDATE", "auditevent", loses_its_course("IS")),
        ("audit_events_stay", "DELETE", "auditevent", PURGED),
        ("audit_purges_never_change", "UPDATE", "auditpurge", "FALSE"),
        ("audit_purges_stay", "DELETE", "auditpurge", "FALSE"),
    ):
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON blog_{table} WHEN NOT ({allowed}) "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def drop_triggers(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table in (
        ("audit_events_never_change", "auditevent"),
        ("audit_events_stay", "auditevent"),
        ("audit_purges_never_change", "auditpurge"),
        ("audit_purges_stay", "auditpurge"),
    ):
        on = f" ON blog_{table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}")
    if is_postgresql:
        for name in ("change_of_audit_event", "deletion_of_audit_event", "change_of_audit_purge"):
            schema_editor.execute(f"DROP FUNCTION refuse_{name}")


class Migration(migrations.Migration):
    dependencies = [("blog", "0094_courses_change_on_their_dates")]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="course",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="audit_events",
                to="blog.course",
                verbose_name="course",
            ),
        ),
        migrations.CreateModel(
            name="AuditPurge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.DateTimeField(verbose_name="events before")),
                ("events", models.IntegerField(verbose_name="how many went")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="time"),
                ),
            ],
            options={
                "verbose_name": "purge of audit events",
                "verbose_name_plural": "purges of audit events",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="auditpurge",
            constraint=models.CheckConstraint(
                condition=models.Q(("before__lt", models.F("at"))), name="audit_purges_reach_back"
            ),
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
