from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0077_prompts_accept_late_posts_for_some_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="prompt",
            name="has_dates",
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
        migrations.AddConstraint(
            model_name="prompt",
            constraint=models.CheckConstraint(
                condition=models.Q(("has_dates", True), ("is_draft", True), _connector="OR"),
                name="prompts_without_dates_are_drafts",
            ),
        ),
    ]
