from django.db import migrations, models

import blog.models.prompts


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0111_what_lms_refuse_and_have"),
    ]

    operations = [
        migrations.AddField(
            model_name="prompt",
            name="link_name",
            field=models.CharField(
                db_default="",
                default=blog.models.prompts.new_link_name,
                editable=False,
                max_length=40,
            ),
        ),
    ]
