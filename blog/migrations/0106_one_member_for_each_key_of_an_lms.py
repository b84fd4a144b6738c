from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0105_keys_of_an_lms_name_one_member"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="platformmember",
            constraint=models.UniqueConstraint(
                fields=("platform_course", "subject"), name="one_member_per_platform_course_and_key"
            ),
        ),
    ]
