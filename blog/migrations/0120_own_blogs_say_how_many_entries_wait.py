from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0119_accounts_opened_by_lms_get_a_zone")]

    operations = [
        migrations.AddField(
            model_name="ownblog",
            name="waiting",
            field=models.IntegerField(db_default=0, default=0, editable=False),
        ),
    ]
