import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0071_feedback_replies"),
    ]

    operations = [
        migrations.AddField(
            model_name="prompt",
            name="comments_rubric",
            field=models.ForeignKey(
                blank=True,
                help_text="For the comments that a student writes on this prompt, graded together.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prompts_for_comments",
                to="blog.rubric",
                verbose_name="rubric for comments",
            ),
        ),
    ]
