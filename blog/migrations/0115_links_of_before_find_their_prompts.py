"""Name the prompts of before by their numbers: links in LMSs that were made then have those.

No prompt gets the number of another, so a link leads to its own or says that it is gone.
"""

from django.db import migrations
from django.db.models import CharField, F
from django.db.models.functions import Cast


def name_by_number(apps, schema_editor):
    prompts = apps.get_model("blog", "Prompt").objects.filter(link_name="")
    prompts.update(link_name=Cast(F("number"), CharField()))


class Migration(migrations.Migration):
    dependencies = [("blog", "0114_grading_events_go_with_their_course")]

    operations = [migrations.RunPython(name_by_number, migrations.RunPython.noop)]
