from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0013_people_choose_an_editor"),
    ]

    operations = [
        migrations.AddField(
            model_name="idempotencykey",
            name="digest",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
