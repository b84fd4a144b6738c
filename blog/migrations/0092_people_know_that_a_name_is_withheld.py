"""Mark the people whose name a course withheld before people knew it themselves."""

from django.db import migrations


def mark_people(apps, schema_editor):
    using = schema_editor.connection.alias
    members = apps.get_model("blog", "Membership").objects.using(using)
    withheld = members.filter(is_confidential=True).values("user")
    apps.get_model("blog", "User").objects.using(using).filter(pk__in=withheld).update(
        is_confidential=True
    )


class Migration(migrations.Migration):
    dependencies = [("blog", "0091_names_are_withheld_by_the_team")]

    operations = [migrations.RunPython(mark_people, migrations.RunPython.noop, elidable=True)]
