import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0025_guests_comment_on_public_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "marked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("named_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="use",
                        to="blog.comment",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        help_text="The version whose author says that it uses the comment.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="blog.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a comment",
                "verbose_name_plural": "uses of comments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("named_at", None), ("revision", None)),
                            models.Q(("named_at__isnull", False), ("revision__isnull", False)),
                            _connector="OR",
                        ),
                        name="used_comments_have_a_version_and_a_date",
                    )
                ],
            },
        ),
    ]
