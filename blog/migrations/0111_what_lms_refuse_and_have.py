from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0110_numbers_of_deleted_prompts")]

    operations = [
        migrations.AddField(
            model_name="platform",
            name="denied_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="did not let us in"
            ),
        ),
        migrations.AddField(
            model_name="platformscore",
            name="sent_to",
            field=models.TextField(blank=True, db_default="", default="", editable=False),
        ),
    ]
