from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0116_keys_to_which_grades_went")]

    operations = [
        migrations.AddField(
            model_name="platformcourse",
            name="disconnected_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="disconnected"
            ),
        ),
    ]
