"""Blogs of members elsewhere, and posts that come from them (ADR 0072)."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0100_lti"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlogEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("guid", models.CharField(max_length=200)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=1000)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("too_long", "The text is too long or too complicated for a post."),
                            ("empty", "The entry has no text."),
                            ("not_now", "The course did not take it. This site will try again."),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published there"),
                ),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "entry of an own blog",
                "verbose_name_plural": "entries of own blogs",
                "ordering": ["-taken_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="OwnBlog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("feed_url", models.CharField(max_length=1000, verbose_name="address of the feed")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("address", models.CharField(blank=True, max_length=1000, verbose_name="address")),
                (
                    "audience",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "only me"),
                            (10, "me and the teaching team"),
                            (20, "my pod"),
                            (30, "course"),
                            (40, "everyone signed in"),
                            (50, "public web"),
                        ],
                        default=30,
                        verbose_name="who can see its posts",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="entries from")),
                ("etag", models.CharField(blank=True, editable=False, max_length=200)),
                ("last_modified", models.CharField(blank=True, editable=False, max_length=200)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="last read")),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreachable", "cannot be reached"),
                            ("off_limits", "is not on the open web"),
                            ("refused", "asks for a password or turns programs away"),
                            ("gone", "has no page at this address any more"),
                            ("too_large", "has a feed that is too large"),
                            ("not_a_feed", "has no feed that can be read"),
                        ],
                        max_length=12,
                        verbose_name="problem",
                    ),
                ),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="connected"
                    ),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="stopped"
                    ),
                ),
            ],
            options={
                "verbose_name": "own blog of a member",
                "verbose_name_plural": "own blogs of members",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="course",
            name="takes_own_blogs",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="members can connect their own blogs"
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="follows_source",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="post",
            name="source_url",
            field=models.CharField(blank=True, db_default="", default="", max_length=1000),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("follows_source", False),
                    models.Q(("source_url", ""), _negated=True),
                    _connector="OR",
                ),
                name="posts_that_follow_a_source_name_it",
            ),
        ),
        migrations.AddField(
            model_name="blogentry",
            name="post",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="blog_entry",
                to="blog.post",
            ),
        ),
        migrations.AddField(
            model_name="ownblog",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_blogs",
                to="blog.course",
                verbose_name="course",
            ),
        ),
        migrations.AddField(
            model_name="ownblog",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_blogs",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="blogentry",
            name="blog",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="blog.ownblog",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownblog",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at", None)),
                fields=("course", "person"),
                name="one_own_blog_per_person_and_course",
                violation_error_message="You have connected a blog already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownblog",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at", None)),
                fields=("course", "feed_url"),
                name="one_person_per_own_blog_and_course",
                violation_error_message="Somebody in this course has connected this blog.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownblog",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", [0, 10, 20, 30, 40, 50])),
                name="own_blogs_have_a_known_audience",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownblog",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("failing_since", None), ("problem", "")),
                    models.Q(
                        models.Q(("problem", ""), _negated=True), ("failing_since__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="own_blogs_that_fail_say_since_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="blogentry",
            constraint=models.UniqueConstraint(
                fields=("blog", "guid"), name="one_entry_per_guid_and_blog"
            ),
        ),
    ]
