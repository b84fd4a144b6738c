from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0120_own_blogs_say_how_many_entries_wait")]

    operations = [
        migrations.AddField(
            model_name="launch",
            name="asked_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="asked who it is"
            ),
        ),
    ]
