from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0109_lms_accounts_wait"),
    ]

    operations = [
        migrations.AddField(
            model_name="course",
            name="last_deleted_number",
            field=models.IntegerField(db_default=0, default=0, editable=False),
        ),
    ]
