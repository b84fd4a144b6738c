from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0072_prompts_have_a_rubric_for_comments"),
    ]

    operations = [
        migrations.AddField(
            model_name="prompt",
            name="is_anonymous",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Until you release a student’s grade, graders see no names, pods or pictures of students.",
                verbose_name="grade without names",
            ),
        ),
    ]
