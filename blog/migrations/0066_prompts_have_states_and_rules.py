import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0065_files_of_grades"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="until")),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("taken_back_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.IntegerField(default=1, editable=False)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prompt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="blog.prompt",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "extension",
                "verbose_name_plural": "extensions",
            },
        ),
        migrations.AlterModelOptions(
            name="prompt",
            options={
                "ordering": ["position", "number"],
                "verbose_name": "prompt",
                "verbose_name_plural": "prompts",
            },
        ),
        migrations.AddField(
            model_name="prompt",
            name="archived_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="prompt",
            name="asks_for_help",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Before publishing, students are asked which people, tools and AI tools helped. They can publish without it; the teaching team sees what they wrote.",
                verbose_name="ask for a statement of help received",
            ),
        ),
        migrations.AddField(
            model_name="prompt",
            name="is_draft",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Only the teaching team sees a draft, also after the day on which it opens.",
                verbose_name="draft",
            ),
        ),
        migrations.AddField(
            model_name="prompt",
            name="late_posts",
            field=models.CharField(
                choices=[
                    ("accept", "Accept them"),
                    ("late", "Accept them, shown as late"),
                    ("close", "Close at the due date"),
                ],
                db_default="late",
                default="late",
                help_text="If it closes, nobody can publish a first version after the due date; drafts stay. An extension counts as the due date of its student.",
                max_length=6,
                verbose_name="late posts",
            ),
        ),
        migrations.AddField(
            model_name="prompt",
            name="position",
            field=models.IntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="prompt",
            name="question_html",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="prompt",
            name="question_plain",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="prompt",
            name="widest_audience",
            field=models.SmallIntegerField(
                blank=True,
                choices=[
                    (0, "only me"),
                    (10, "me and the teaching team"),
                    (20, "my pod"),
                    (30, "course"),
                    (40, "everyone signed in"),
                    (50, "public web"),
                ],
                help_text="For posts that are published from now on.",
                null=True,
                verbose_name="widest audience",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="question",
            field=models.TextField(max_length=4000, verbose_name="question"),
        ),
        migrations.AddConstraint(
            model_name="prompt",
            constraint=models.CheckConstraint(
                condition=models.Q(("late_posts__in", ["accept", "late", "close"])),
                name="late_posts_are_accepted_shown_as_late_or_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="prompt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("widest_audience", None),
                    ("widest_audience__in", [0, 10, 20, 30, 40, 50]),
                    _connector="OR",
                ),
                name="prompts_have_a_known_widest_audience",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                fields=("prompt", "student"), name="one_extension_per_prompt_and_student"
            ),
        ),
    ]
