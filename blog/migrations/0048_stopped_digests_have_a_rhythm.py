from django.db import migrations


def stop(apps, schema_editor):
    """Give stopped digests a rhythm: until now “never” took the place of the one before."""
    choices = apps.get_model("blog", "MailChoices").objects.filter(rhythm="never")
    choices.update(has_digest=False, rhythm="daily")


def store_as_rhythm(apps, schema_editor):
    apps.get_model("blog", "MailChoices").objects.filter(has_digest=False).update(rhythm="never")


class Migration(migrations.Migration):
    dependencies = [("blog", "0047_digests_can_be_stopped")]

    operations = [migrations.RunPython(stop, store_as_rhythm)]
