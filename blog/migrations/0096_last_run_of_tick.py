"""The time at which tick last finished a round, for /healthz."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0095_audit_events_are_only_added"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastRun",
            fields=[
                (
                    "name",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="name"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
            ],
            options={
                "verbose_name": "last run",
                "verbose_name_plural": "last runs",
            },
        ),
    ]
