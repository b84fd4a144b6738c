"""Grading events about grades that were made of comments on time, or imported.

On SQLite the table is made anew, without its trigger: that is made again (0045).
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

triggers = import_module("blog.migrations.0045_grading_events_are_only_added")

KINDS = ["saved", "released", "taken_back", "counts", "settled", "adopted", "imported"]


class Migration(migrations.Migration):
    dependencies = [("blog", "0062_courses_and_rubrics_are_archived")]

    operations = [
        migrations.RunPython(triggers.drop_triggers, triggers.create_triggers),
        migrations.AlterField(
            model_name="gradingevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("saved", "saved"),
                    ("released", "released"),
                    ("taken_back", "release taken back"),
                    ("counts", "now counts"),
                    ("settled", "settled"),
                    ("adopted", "made of comments and posts on time"),
                    ("imported", "imported from a file"),
                ],
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(
            model_name="gradingevent", name="grading_events_are_of_a_known_kind"
        ),
        migrations.AddConstraint(
            model_name="gradingevent",
            constraint=models.CheckConstraint(
                condition=Q(kind__in=KINDS), name="grading_events_are_of_a_known_kind"
            ),
        ),
        migrations.RunPython(triggers.create_triggers, triggers.drop_triggers),
    ]
