"""Events of moderation without an actor, which are those of guests.

On SQLite the table is made anew, without its trigger: that is made again (0037).
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

triggers = import_module("blog.migrations.0037_moderation_events_are_only_added")


class Migration(migrations.Migration):
    dependencies = [("blog", "0037_moderation_events_are_only_added")]

    operations = [
        migrations.RunPython(triggers.drop_triggers, triggers.create_triggers),
        migrations.AlterField(
            model_name="moderationevent",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moderation_events",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(triggers.create_triggers, triggers.drop_triggers),
    ]
