from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0106_one_member_for_each_key_of_an_lms"),
    ]

    operations = [
        migrations.AlterField(
            model_name="blogentry",
            name="refusal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("too_long", "The text is too long or too complicated for a post."),
                    ("empty", "The entry has no text."),
                    ("not_now", "The course did not take it. This site will try again."),
                    (
                        "others",
                        "Somebody else in this course has it in their blog. If it is yours, tell an instructor.",
                    ),
                ],
                max_length=10,
            ),
        ),
    ]
