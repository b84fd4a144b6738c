from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0117_disconnected_courses_of_lms")]

    operations = [
        migrations.RemoveConstraint(
            model_name="platformcourse", name="one_course_per_deployment_and_context"
        ),
        migrations.AddConstraint(
            model_name="platformcourse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("disconnected_at", None)),
                fields=("deployment", "context_id"),
                name="one_course_per_deployment_and_context",
            ),
        ),
    ]
