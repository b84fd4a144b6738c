"""Events of moderation about guests' comments that wait, and by the spam filter.

On SQLite the table is made anew, without its trigger: that is made again (0037).
"""

from importlib import import_module

from django.db import migrations, models

triggers = import_module("blog.migrations.0037_moderation_events_are_only_added")


class Migration(migrations.Migration):
    dependencies = [("blog", "0050_words_of_guest_comments_and_notifications")]

    operations = [
        migrations.RunPython(triggers.drop_triggers, triggers.create_triggers),
        migrations.AddField(
            model_name="moderationevent",
            name="was_waiting",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="moderationevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("report", "reported"),
                    ("take_back", "report taken back"),
                    ("keep", "stays as it is"),
                    ("ask", "change asked for"),
                    ("hide", "hidden"),
                    ("undo", "decision undone"),
                    ("explain", "explained"),
                    ("object", "objected"),
                    ("edit", "edited"),
                    ("delete", "deleted"),
                    ("restore", "restored"),
                    ("pass", "published by the spam filter"),
                    ("stop", "not published by the spam filter"),
                ],
                max_length=9,
            ),
        ),
        migrations.RunPython(triggers.create_triggers, triggers.drop_triggers),
    ]
