"""Grading events say whose work they are about, as they outlive their grading (ADR 0033).

Filled in 0082, required in 0083. On SQLite the table is made anew, without its trigger: from 0082
on there is none, and 0083 makes it again.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

triggers = import_module("blog.migrations.0045_grading_events_are_only_added")

KINDS = ["saved", "released", "taken_back", "counts", "settled", "adopted", "imported", "removed"]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("blog", "0080_words_of_grading_and_prompts"),
    ]

    operations = [
        migrations.RunPython(triggers.drop_triggers, triggers.create_triggers),
        migrations.AlterField(
            model_name="gradingevent",
            name="grading",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="blog.grading",
            ),
        ),
        migrations.AddField(
            model_name="gradingevent",
            name="prompt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grading_events",
                to="blog.prompt",
            ),
        ),
        migrations.AddField(
            model_name="gradingevent",
            name="student",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="gradingevent",
            name="grading_kind",
            field=models.CharField(
                choices=[("post", "post"), ("comments", "comments")], max_length=8, null=True
            ),
        ),
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
                    ("adopted", "created from comments and posts on time"),
                    ("imported", "imported from a file"),
                    ("removed", "removed"),
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
    ]
