from django.db import migrations
from django.db.models import F


def fill_in(apps, schema_editor):
    """Set the text change of edited comments: until now any edit was marked."""
    comments = apps.get_model("blog", "Comment").objects.exclude(edited_at=None)
    comments.update(text_changed_at=F("edited_at"))


class Migration(migrations.Migration):
    dependencies = [("blog", "0030_former_texts_of_comments")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
