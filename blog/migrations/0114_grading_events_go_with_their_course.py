"""The history of grades can be deleted with a course on its day, and in no other way (ADR 0084)."""

from django.db import migrations

from blog.migrations._history_of_grades import (
    create_former_trigger,
    create_trigger,
    drop_former_trigger,
    drop_trigger,
)


class Migration(migrations.Migration):
    dependencies = [("blog", "0113_courses_are_erased_on_a_day")]

    operations = [
        migrations.RunPython(drop_former_trigger, create_former_trigger),
        migrations.RunPython(create_trigger, drop_trigger),
    ]
