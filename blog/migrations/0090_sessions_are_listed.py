"""Sign everybody out once: the list of one's sessions has only those that began after this.

A session that it does not have would stay open when its person ends all others.
"""

from django.db import migrations


def end_sessions(apps, schema_editor):
    apps.get_model("sessions", "Session").objects.using(
        schema_editor.connection.alias
    ).all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0089_erased_accounts"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(end_sessions, migrations.RunPython.noop, elidable=True)]
