"""LMSs: how this site is registered there, who comes in from them, and what they are told."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0099_posts_are_imported_from_wordpress"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deployment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("deployment_id", models.CharField(max_length=255, verbose_name="deployment ID")),
            ],
            options={
                "verbose_name": "deployment",
                "verbose_name_plural": "deployments",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ToolKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kid",
                    models.CharField(max_length=64, unique=True, verbose_name="name of the key"),
                ),
                ("private", models.TextField(editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                (
                    "retires_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="shown until"
                    ),
                ),
            ],
            options={
                "verbose_name": "key for LMSs",
                "verbose_name_plural": "keys for LMSs",
            },
        ),
        migrations.CreateModel(
            name="Launch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nonce", models.CharField(editable=False, max_length=64, unique=True)),
                ("token", models.CharField(editable=False, max_length=64, unique=True)),
                ("browser", models.CharField(editable=False, max_length=64)),
                ("subject", models.CharField(max_length=255, verbose_name="key in the LMS")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "family_name",
                    models.CharField(blank=True, max_length=150, verbose_name="family name"),
                ),
                ("email", models.CharField(blank=True, max_length=255, verbose_name="email")),
                ("role", models.CharField(blank=True, max_length=12, verbose_name="role")),
                (
                    "context_id",
                    models.CharField(blank=True, max_length=255, verbose_name="course in the LMS"),
                ),
                (
                    "context_title",
                    models.CharField(blank=True, max_length=150, verbose_name="its title"),
                ),
                ("prompt", models.CharField(blank=True, max_length=150, verbose_name="prompt")),
                ("services", models.JSONField(default=dict)),
                ("deep_linking", models.JSONField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="entered"
                    ),
                ),
                (
                    "deployment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="launches",
                        to="blog.deployment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "launch",
                "verbose_name_plural": "launches",
            },
        ),
        migrations.CreateModel(
            name="Platform",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="What people call it. For example: Moodle.",
                        max_length=80,
                        verbose_name="name",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("canvas", "Canvas"),
                            ("moodle", "Moodle"),
                            ("brightspace", "Brightspace"),
                            ("blackboard", "Blackboard"),
                            ("other", "another LMS"),
                        ],
                        default="other",
                        max_length=11,
                        verbose_name="LMS",
                    ),
                ),
                ("issuer", models.CharField(max_length=255, verbose_name="issuer")),
                ("client_id", models.CharField(max_length=255, verbose_name="client ID")),
                (
                    "auth_url",
                    models.CharField(max_length=500, verbose_name="authentication address"),
                ),
                ("token_url", models.CharField(max_length=500, verbose_name="token address")),
                ("jwks_url", models.CharField(max_length=500, verbose_name="address of the keys")),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        help_text="Only if the LMS names one that is not the token address, as Brightspace does.",
                        max_length=500,
                        verbose_name="audience of the token",
                    ),
                ),
                (
                    "trusts_email",
                    models.BooleanField(
                        default=False,
                        help_text="Only if nobody can change their own email there.",
                        verbose_name="emails from this LMS are confirmed",
                    ),
                ),
                (
                    "is_on",
                    models.BooleanField(default=True, verbose_name="people can come from this LMS"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="added"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "LMS",
                "verbose_name_plural": "LMSs",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "client_id"),
                        name="one_platform_per_issuer_and_client",
                        violation_error_message="This LMS is here already, with this client ID.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["canvas", "moodle", "brightspace", "blackboard", "other"])
                        ),
                        name="platforms_have_a_known_kind",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="deployment",
            name="platform",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deployments",
                to="blog.platform",
            ),
        ),
        migrations.CreateModel(
            name="PlatformAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=255, verbose_name="issuer")),
                ("subject", models.CharField(max_length=255, verbose_name="key in the LMS")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="connected"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="platform_accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "account in an LMS",
                "verbose_name_plural": "accounts in LMSs",
            },
        ),
        migrations.CreateModel(
            name="PlatformCourse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("context_id", models.CharField(max_length=255, verbose_name="course in the LMS")),
                ("title", models.CharField(blank=True, max_length=150, verbose_name="title")),
                ("memberships_url", models.CharField(blank=True, max_length=2000)),
                ("lineitems_url", models.CharField(blank=True, max_length=2000)),
                (
                    "sends_grades",
                    models.BooleanField(default=False, verbose_name="grades go to the LMS"),
                ),
                (
                    "connected_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="connected"
                    ),
                ),
                (
                    "connected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="connected by",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="platform_courses",
                        to="blog.course",
                    ),
                ),
                (
                    "deployment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses",
                        to="blog.deployment",
                    ),
                ),
            ],
            options={
                "verbose_name": "course in an LMS",
                "verbose_name_plural": "courses in LMSs",
            },
        ),
        migrations.CreateModel(
            name="LineItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("post", "post"), ("comments", "comments")],
                        max_length=8,
                        verbose_name="grade for",
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=2000)),
                (
                    "prompt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="line_items",
                        to="blog.prompt",
                    ),
                ),
                (
                    "platform_course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="line_items",
                        to="blog.platformcourse",
                    ),
                ),
            ],
            options={
                "verbose_name": "column in an LMS",
                "verbose_name_plural": "columns in LMSs",
            },
        ),
        migrations.CreateModel(
            name="PlatformMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=255, verbose_name="key in the LMS")),
                (
                    "platform_course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="blog.platformcourse",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="platform_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "member of a course in an LMS",
                "verbose_name_plural": "members of courses in LMSs",
            },
        ),
        migrations.CreateModel(
            name="PlatformScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="next try")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "refused_status",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="refused with"
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="time of the last message"
                    ),
                ),
                (
                    "sent_hundredths",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="points in the LMS, in hundredths"
                    ),
                ),
                (
                    "line_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="blog.lineitem",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="platform_scores",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "grade for an LMS",
                "verbose_name_plural": "grades for LMSs",
            },
        ),
        migrations.CreateModel(
            name="RegistrationLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                (
                    "used_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="used"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration link",
                "verbose_name_plural": "registration links",
            },
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=models.UniqueConstraint(
                fields=("platform", "deployment_id"), name="one_deployment_per_platform_and_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="platformaccount",
            constraint=models.UniqueConstraint(
                fields=("issuer", "subject"), name="one_account_per_issuer_and_subject"
            ),
        ),
        migrations.AddConstraint(
            model_name="platformcourse",
            constraint=models.UniqueConstraint(
                fields=("deployment", "context_id"), name="one_course_per_deployment_and_context"
            ),
        ),
        migrations.AddConstraint(
            model_name="lineitem",
            constraint=models.UniqueConstraint(
                fields=("platform_course", "prompt", "kind"),
                name="one_line_item_per_course_prompt_and_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["post", "comments"])),
                name="line_items_have_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="platformmember",
            constraint=models.UniqueConstraint(
                fields=("platform_course", "user"), name="one_member_per_platform_course_and_person"
            ),
        ),
        migrations.AddIndex(
            model_name="platformscore",
            index=models.Index(fields=["due_at"], name="platform_scores_by_due_date"),
        ),
        migrations.AddConstraint(
            model_name="platformscore",
            constraint=models.UniqueConstraint(
                fields=("line_item", "student"), name="one_score_per_line_item_and_student"
            ),
        ),
    ]
