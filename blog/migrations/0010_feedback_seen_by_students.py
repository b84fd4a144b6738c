import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0009_points_left_open"),
    ]

    operations = [
        migrations.CreateModel(
            name="SeenFeedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                (
                    "grading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="blog.grading",
                    ),
                ),
            ],
            options={
                "verbose_name": "feedback that its student has seen",
                "verbose_name_plural": "feedback that its student has seen",
            },
        ),
    ]
