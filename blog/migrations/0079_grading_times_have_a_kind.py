from django.db import migrations, models


class Migration(migrations.Migration):
    """Measure the time for comments apart from that for a post, as which all counts until now."""

    dependencies = [("blog", "0078_drafts_of_prompts_need_no_dates")]

    operations = [
        migrations.RemoveConstraint(
            model_name="gradingtime", name="one_grading_time_per_grader_prompt_and_student"
        ),
        migrations.AddField(
            model_name="gradingtime",
            name="kind",
            field=models.CharField(
                choices=[("post", "post"), ("comments", "comments")],
                db_default="post",
                default="post",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="gradingtime",
            constraint=models.UniqueConstraint(
                fields=("grader", "prompt", "student", "kind"),
                name="one_grading_time_per_grader_prompt_student_and_kind",
            ),
        ),
    ]
