from django.db import migrations, models
import django.core.validators


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0076_students_are_told_of_extensions"),
    ]

    operations = [
        migrations.AddField(
            model_name="prompt",
            name="late_days",
            field=models.SmallIntegerField(
                blank=True,
                help_text="For posts shown as late: after so many days it closes. Empty: no limit.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(365),
                ],
                verbose_name="late by at most, in days",
            ),
        ),
        migrations.AddConstraint(
            model_name="prompt",
            constraint=models.CheckConstraint(
                condition=models.Q(("late_days", None), ("late_days__gte", 1), _connector="OR"),
                name="late_posts_have_at_least_one_day",
            ),
        ),
    ]
