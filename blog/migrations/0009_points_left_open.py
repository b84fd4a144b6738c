from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0008_portraits"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="left_open",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
