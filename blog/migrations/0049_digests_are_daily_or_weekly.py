from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0048_stopped_digests_have_a_rhythm")]

    operations = [
        migrations.AlterField(
            model_name="mailchoices",
            name="rhythm",
            field=models.CharField(
                choices=[("daily", "Every day"), ("weekly", "Once a week")],
                db_default="daily",
                default="daily",
                max_length=8,
                verbose_name="how often",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailchoices",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["daily", "weekly"])),
                name="digests_are_daily_or_weekly",
            ),
        ),
    ]
