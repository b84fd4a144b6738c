"""All tables of the blog as the migrations up to 0089 left them: a new site makes them at once (ADR 0082).

A site that has those migrations has this one. The triggers are theirs.
"""

from importlib import import_module

import blog.models.announcements
import blog.models.courses
import blog.models.feed_addresses
import blog.models.invitations
import blog.models.messages
import blog.models.people
import blog.models.pictures
import blog.models.takeouts
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from blog.migrations._create_models import CreateModels


TRIGGERS = [
    import_module(f"blog.migrations.{name}")
    for name in (
        "0037_moderation_events_are_only_added",
        "0083_grading_events_stay",
    )
]


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("blog", "0001_courses_posts_comments_and_grading"),
        ("blog", "0002_grades_keep_an_earlier_rubric"),
        ("blog", "0003_edited_and_chosen_grades"),
        ("blog", "0004_works_are_shared_when_published"),
        ("blog", "0005_work_version"),
        ("blog", "0006_grades_keep_their_released_rubric"),
        ("blog", "0007_rubrics_of_released_grades"),
        ("blog", "0008_portraits"),
        ("blog", "0009_points_left_open"),
        ("blog", "0010_feedback_seen_by_students"),
        ("blog", "0011_drafts_know_their_last_snapshot"),
        ("blog", "0012_writers_tell_how_a_post_came_about"),
        ("blog", "0013_people_choose_an_editor"),
        ("blog", "0014_keys_of_forms_know_their_content"),
        ("blog", "0015_comment_version"),
        ("blog", "0016_prompts_give_posts_to_comment_on"),
        ("blog", "0017_prompts_require_comments_across_pods"),
        ("blog", "0018_courses_and_prompts_know_their_last_change"),
        ("blog", "0019_feed_addresses"),
        ("blog", "0020_people_are_notified"),
        ("blog", "0021_feeds_of_posts_have_a_secret_of_their_own"),
        ("blog", "0022_comments_on_passages"),
        ("blog", "0023_people_choose_their_mail"),
        ("blog", "0024_instructors_make_announcements"),
        ("blog", "0025_guests_comment_on_public_posts"),
        ("blog", "0026_authors_mark_comments_to_use"),
        ("blog", "0027_posts_know_the_posts_they_link_to"),
        ("blog", "0028_find_links_of_published_posts"),
        ("blog", "0029_texts_have_content_notes"),
        ("blog", "0030_former_texts_of_comments"),
        ("blog", "0031_last_changes_of_comments"),
        ("blog", "0032_what_readers_have_seen_of_comments"),
        ("blog", "0033_prompts_show_posts_after_ones_own"),
        ("blog", "0034_comments_have_a_known_audience"),
        ("blog", "0035_former_texts_have_content_notes"),
        ("blog", "0036_courses_have_a_charter_and_moderation"),
        ("blog", "0037_moderation_events_are_only_added"),
        ("blog", "0038_guests_act_in_moderation_cases"),
        ("blog", "0039_former_texts_can_be_withheld"),
        ("blog", "0040_notifications_of_reports"),
        ("blog", "0041_audiences_are_known_and_notifications_are_about_one_thing"),
        ("blog", "0042_unseen_notifications_are_found_by_their_mail"),
        ("blog", "0043_notifications_of_proposals"),
        ("blog", "0044_grades_without_posts_levels_or_words"),
        ("blog", "0045_grading_events_are_only_added"),
        ("blog", "0046_students_have_numbers_on_the_grading_desk"),
        ("blog", "0047_digests_can_be_stopped"),
        ("blog", "0048_stopped_digests_have_a_rhythm"),
        ("blog", "0049_digests_are_daily_or_weekly"),
        ("blog", "0050_words_of_guest_comments_and_notifications"),
        ("blog", "0051_moderation_logs_have_decisions_about_guests"),
        ("blog", "0052_decided_comments_by_guests_have_a_case"),
        ("blog", "0053_states_of_guests_before_a_decision_are_in_its_log"),
        ("blog", "0054_team_is_notified_of_what_waits"),
        ("blog", "0055_drafts_keep_used_comments"),
        ("blog", "0056_second_gradings_and_settlements"),
        ("blog", "0057_calibrations"),
        ("blog", "0058_people_are_invited_from_lists"),
        ("blog", "0059_criteria_have_descriptions"),
        ("blog", "0060_saved_comments"),
        ("blog", "0061_graders_have_students_open"),
        ("blog", "0062_courses_and_rubrics_are_archived"),
        ("blog", "0063_grading_events_of_adoptions_and_imports"),
        ("blog", "0064_grades_for_taking_part"),
        ("blog", "0065_files_of_grades"),
        ("blog", "0066_prompts_have_states_and_rules"),
        ("blog", "0067_render_questions_of_prompts"),
        ("blog", "0068_graders_words_are_kept"),
        ("blog", "0069_graders_times"),
        ("blog", "0070_instructors_write_to_students"),
        ("blog", "0071_feedback_replies"),
        ("blog", "0072_prompts_have_a_rubric_for_comments"),
        ("blog", "0073_prompts_are_graded_anonymously"),
        ("blog", "0074_what_graders_type_is_kept_in_parts"),
        ("blog", "0075_replies_to_feedback_keep_former_texts"),
        ("blog", "0076_students_are_told_of_extensions"),
        ("blog", "0077_prompts_accept_late_posts_for_some_days"),
        ("blog", "0078_drafts_of_prompts_need_no_dates"),
        ("blog", "0079_grading_times_have_a_kind"),
        ("blog", "0080_words_of_grading_and_prompts"),
        ("blog", "0081_grading_events_name_the_work"),
        ("blog", "0082_fill_the_work_of_grading_events"),
        ("blog", "0083_grading_events_stay"),
        ("blog", "0084_posts_put_first"),
        ("blog", "0085_texts_are_searched"),
        ("blog", "0086_late_posts_in_fewer_words"),
        ("blog", "0087_drafts_keep_their_pace"),
        ("blog", "0088_people_take_everything_with_them"),
        ("blog", "0089_erased_accounts"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=120, verbose_name="criterion")),
                        (
                            "rubric",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="blog.rubric",
                            ),
                        ),
                        (
                            "weight_hundredths",
                            models.PositiveSmallIntegerField(
                                default=100, verbose_name="weight in hundredths"
                            ),
                        ),
                        (
                            "description",
                            models.TextField(
                                blank=True, max_length=600, verbose_name="description"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion",
                        "verbose_name_plural": "criteria",
                        "ordering": ["position"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("rubric", "position"),
                                name="one_criterion_per_place_and_rubric",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Work",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("csl", models.JSONField(help_text="In CSL-JSON.", verbose_name="record")),
                        (
                            "doi",
                            models.CharField(
                                blank=True,
                                help_text="In lower case, without https://doi.org/.",
                                max_length=300,
                                verbose_name="DOI",
                            ),
                        ),
                        ("label", models.CharField(max_length=300, verbose_name="short name")),
                        ("html", models.TextField()),
                        ("shared_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="works_added",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works",
                                to="blog.course",
                                verbose_name="course",
                            ),
                        ),
                        (
                            "post",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                help_text="The post of this course that it describes, if any.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="as_work",
                                to="blog.post",
                            ),
                        ),
                        ("version", models.IntegerField(default=1, editable=False)),
                    ],
                    options={
                        "verbose_name": "reference",
                        "verbose_name_plural": "references",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("doi", ""), _negated=True),
                                    ("shared_at__isnull", False),
                                ),
                                fields=("course", "doi"),
                                name="one_shared_work_per_doi_and_course",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("doi", ""), _negated=True), ("shared_at", None)
                                ),
                                fields=("course", "doi", "added_by"),
                                name="one_own_work_per_doi_course_and_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)),
                                name="versions_of_works_begin_at_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "username",
                            models.SlugField(
                                default=blog.models.people.new_username,
                                max_length=60,
                                unique=True,
                                verbose_name="username",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="email")),
                        (
                            "display_name",
                            models.CharField(
                                help_text="You can use the name you go by.",
                                max_length=80,
                                verbose_name="name in your courses",
                            ),
                        ),
                        (
                            "public_name",
                            models.CharField(
                                blank=True,
                                help_text="Shown on your public posts. If it is empty, they are signed “A student”.",
                                max_length=80,
                                verbose_name="name on the public web",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                default="UTC",
                                max_length=64,
                                validators=[blog.models.people.validate_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "about",
                            models.TextField(
                                blank=True,
                                help_text="Shown at the top of your page. Plain text.",
                                max_length=600,
                                verbose_name="about you",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Untick this to close the account. Nothing is deleted.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Staff can sign in here. What they can do depends on their permissions.",
                                verbose_name="site staff",
                            ),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Superusers have all permissions.",
                                verbose_name="superuser",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="signed up"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "portrait",
                            models.FileField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                upload_to=blog.models.people.portrait_path,
                                verbose_name="portrait",
                            ),
                        ),
                        (
                            "editor",
                            models.CharField(
                                blank=True,
                                choices=[("visual", "Visual"), ("markdown", "Markdown")],
                                db_default="",
                                default="",
                                editable=False,
                                max_length=10,
                                verbose_name="editor",
                            ),
                        ),
                        (
                            "times_grading",
                            models.BooleanField(
                                db_default=True,
                                default=True,
                                editable=False,
                                verbose_name="measures time on the grading desk",
                            ),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="erased"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="one_account_per_email",
                                violation_error_message="An account with this email already exists.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("portrait", ""), _negated=True),
                                fields=("portrait",),
                                name="one_person_per_portrait",
                            ),
                        ],
                    },
                    managers=[
                        ("objects", blog.models.people.PersonManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "guest_name",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="name of the guest"
                            ),
                        ),
                        ("addressee_corrected", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("waiting", "waiting"),
                                    ("hidden", "hidden"),
                                ],
                                default="open",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "audience",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (10, "the post’s author and the teaching team"),
                                    (30, "everyone in the course who can see the post"),
                                    (50, "also readers of the public page, under my public name"),
                                ],
                                default=30,
                                verbose_name="who can see it",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="your comment")),
                        ("html", models.TextField()),
                        ("renderer", models.PositiveSmallIntegerField()),
                        (
                            "day",
                            models.DateField(
                                help_text="The date in the course’s time zone when it was written. It never changes."
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="written"
                            ),
                        ),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        ("deleted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "addressee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments_addressed",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="addressed to",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="blog.comment",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="blog.post",
                                verbose_name="post",
                            ),
                        ),
                        ("version", models.IntegerField(db_default=1, default=1, editable=False)),
                        (
                            "day_only",
                            models.BooleanField(db_default=False, default=False, editable=False),
                        ),
                        (
                            "content_note",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=120,
                                verbose_name="content note",
                            ),
                        ),
                        (
                            "text_changed_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        ("opened_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "comment",
                        "verbose_name_plural": "comments",
                        "indexes": [
                            models.Index(fields=["post", "created_at"], name="comments_of_a_post"),
                            models.Index(
                                fields=["author", "-created_at"], name="comments_of_a_person"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("author__isnull", False),
                                    models.Q(("guest_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="comments_have_an_author_or_a_guest_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)),
                                name="versions_of_comments_begin_at_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", [10, 30, 50])),
                                name="comments_have_a_known_audience",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                error_messages={"unique": "Another course has this address."},
                                help_text="The short name in its web address, for example edci338.",
                                max_length=60,
                                unique=True,
                                verbose_name="address",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        (
                            "term",
                            models.CharField(
                                blank=True,
                                help_text="For example: Fall 2026.",
                                max_length=60,
                                verbose_name="term",
                            ),
                        ),
                        (
                            "about",
                            models.TextField(
                                blank=True,
                                help_text="Plain text.",
                                max_length=2000,
                                verbose_name="about the course",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        (
                            "ends_on",
                            models.DateField(
                                help_text="Commenting closes at the end of this day.",
                                verbose_name="last day",
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                default="UTC",
                                help_text="All due dates are in this time zone.",
                                max_length=64,
                                validators=[blog.models.people.validate_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "default_audience",
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
                                verbose_name="default audience of a new post",
                            ),
                        ),
                        (
                            "widest_audience",
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
                                verbose_name="widest audience allowed",
                            ),
                        ),
                        (
                            "join_code",
                            models.CharField(
                                default=blog.models.courses.new_join_code,
                                max_length=20,
                                unique=True,
                                validators=[django.core.validators.RegexValidator("^[0-9A-Z-]+$")],
                                verbose_name="course code",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="created",
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                editable=False,
                            ),
                        ),
                        (
                            "guest_comments",
                            models.CharField(
                                choices=[
                                    ("off", "No: only members of the course can comment"),
                                    (
                                        "moderated",
                                        "Yes, and the teaching team decides on each comment",
                                    ),
                                    (
                                        "filtered",
                                        "Yes, and comments that pass the spam filter appear at once",
                                    ),
                                ],
                                db_default="off",
                                default="off",
                                help_text="People without an account, on the public page of a post. Without a spam filter, the teaching team decides on each comment.",
                                max_length=9,
                                verbose_name="comments by guests",
                            ),
                        ),
                        (
                            "can_be_joined",
                            models.BooleanField(
                                db_default=True,
                                default=True,
                                verbose_name="people can join with the course code",
                            ),
                        ),
                        (
                            "archived_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="archived"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "course",
                        "verbose_name_plural": "courses",
                        "permissions": [("open_course", "Can open a course")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="courses_end_after_they_start",
                                violation_error_message="The last day cannot be before the first day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("default_audience__lte", models.F("widest_audience"))
                                ),
                                name="default_audience_within_the_widest",
                                violation_error_message="The default audience cannot be wider than the widest audience allowed.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="action")),
                        (
                            "target",
                            models.CharField(
                                help_text="Model and key, for example post:17.",
                                max_length=60,
                                verbose_name="target",
                            ),
                        ),
                        ("data", models.JSONField(default=dict, verbose_name="data")),
                        (
                            "at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="time"
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="audit_events",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="audit_events",
                                to="blog.course",
                                verbose_name="course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "audit event",
                        "verbose_name_plural": "audit events",
                        "ordering": ["-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.UUIDField()),
                        ("action", models.CharField(max_length=100)),
                        ("result", models.CharField(blank=True, max_length=300)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(blank=True, db_default="", default="", max_length=64),
                        ),
                    ],
                    options={
                        "verbose_name": "key of a form",
                        "verbose_name_plural": "keys of forms",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "key", "action"),
                                name="one_result_per_form_and_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Level",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=60, verbose_name="level")),
                        (
                            "description",
                            models.TextField(
                                blank=True, max_length=600, verbose_name="description"
                            ),
                        ),
                        (
                            "hundredths",
                            models.PositiveIntegerField(verbose_name="points in hundredths"),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="levels",
                                to="blog.criterion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "level",
                        "verbose_name_plural": "levels",
                        "ordering": ["position"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("criterion", "position"),
                                name="one_level_per_place_and_criterion",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                        ("template", models.CharField(max_length=60, verbose_name="template")),
                        ("context", models.JSONField(default=dict)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="queued",
                            ),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="send from"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="sent"),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
                        ),
                        ("last_error", models.TextField(blank=True, verbose_name="last error")),
                        (
                            "recipient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outbox_messages",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="recipient",
                            ),
                        ),
                        (
                            "guest",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outbox_messages",
                                to="blog.guestcomment",
                                verbose_name="guest",
                            ),
                        ),
                        (
                            "invitation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outbox_messages",
                                to="blog.invitation",
                                verbose_name="invitation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "email",
                        "verbose_name_plural": "outbox",
                        "indexes": [
                            models.Index(fields=["sent_at", "due_at"], name="outbox_by_due_date")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("guest", None),
                                        ("invitation", None),
                                        ("recipient__isnull", False),
                                    ),
                                    models.Q(
                                        ("guest__isnull", False),
                                        ("invitation", None),
                                        ("recipient", None),
                                    ),
                                    models.Q(
                                        ("guest", None),
                                        ("invitation__isnull", False),
                                        ("recipient", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="mails_are_for_a_person_a_guest_or_somebody_invited",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pods",
                                to="blog.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pod",
                        "verbose_name_plural": "pods",
                        "ordering": ["name", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "name"),
                                name="one_pod_per_name_and_course",
                                violation_error_message="This course already has a pod with this name.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=90)),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="title"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
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
                                verbose_name="who can see it",
                            ),
                        ),
                        (
                            "public_until",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="public until"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="published"
                            ),
                        ),
                        ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="blog.course",
                                verbose_name="course",
                            ),
                        ),
                        (
                            "pod",
                            models.ForeignKey(
                                blank=True,
                                help_text="Set when the post is published.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="posts",
                                to="blog.pod",
                                verbose_name="pod",
                            ),
                        ),
                        (
                            "prompt",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="blog.prompt",
                                verbose_name="prompt",
                            ),
                        ),
                        (
                            "revision",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="published_as",
                                to="blog.revision",
                            ),
                        ),
                        ("left_open", models.JSONField(default=dict, editable=False)),
                        ("hidden_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "put_first_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                    ],
                    options={
                        "verbose_name": "post",
                        "verbose_name_plural": "posts",
                        "indexes": [
                            models.Index(
                                fields=["course", "status", "-published_at"],
                                name="posts_of_a_course",
                            ),
                            models.Index(fields=["author", "course"], name="posts_of_a_person"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "slug"), name="one_post_per_address_and_course"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    ("deleted_at", None),
                                ),
                                fields=("prompt", "author"),
                                name="one_active_post_per_prompt_and_author",
                                violation_error_message="You already have a post for this prompt.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "draft"),
                                    models.Q(
                                        ("published_at__isnull", False), ("revision__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="published_posts_have_a_date_and_a_revision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", [0, 10, 20, 30, 40, 50])),
                                name="posts_have_a_known_audience",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Picture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "token",
                            models.CharField(
                                default=blog.models.pictures.new_picture_token,
                                max_length=32,
                                unique=True,
                            ),
                        ),
                        (
                            "alternative",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="description"
                            ),
                        ),
                        ("is_decorative", models.BooleanField(default=False)),
                        ("large", models.FileField(upload_to=blog.models.pictures.large_path)),
                        ("small", models.FileField(upload_to=blog.models.pictures.small_path)),
                        ("width", models.PositiveSmallIntegerField()),
                        ("height", models.PositiveSmallIntegerField()),
                        ("small_width", models.PositiveSmallIntegerField()),
                        ("bytes", models.PositiveIntegerField(help_text="The size of both files.")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "uploader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pictures",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pictures",
                                to="blog.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "picture",
                        "verbose_name_plural": "pictures",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_decorative", False), ("alternative", ""), _connector="OR"
                                ),
                                name="decorative_pictures_have_no_description",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftSnapshot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("text", models.TextField(blank=True)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("writing", "while writing"),
                                    ("paste", "before a paste"),
                                    ("restore", "before a restore"),
                                ],
                                default="writing",
                                max_length=8,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_snapshots",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_snapshots",
                                to="blog.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "snapshot of a draft",
                        "verbose_name_plural": "snapshots of drafts",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                fields=["user", "post", "-created_at"], name="snapshots_of_a_post"
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("post", "post"),
                                    ("comment", "comment on a post"),
                                    ("reply", "reply to a comment"),
                                    ("edit", "edit of a comment"),
                                ],
                                default="post",
                                max_length=8,
                            ),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="title"),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="text")),
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
                            ),
                        ),
                        (
                            "public_until_day",
                            models.DateField(
                                blank=True,
                                help_text="From this day on only the course can read the post.",
                                null=True,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "tab",
                            models.UUIDField(
                                blank=True, help_text="The browser tab that saved last.", null=True
                            ),
                        ),
                        (
                            "seq",
                            models.PositiveIntegerField(
                                default=0, help_text="The number of saves of that tab."
                            ),
                        ),
                        (
                            "is_conflict_copy",
                            models.BooleanField(
                                default=False,
                                help_text="Saved beside the draft, which was changed elsewhere.",
                            ),
                        ),
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                        ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "comment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="edit_drafts",
                                to="blog.comment",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reply_drafts",
                                to="blog.comment",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to="blog.post",
                            ),
                        ),
                        (
                            "snapshot_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                help_text="When the last snapshot was taken, or writing began.",
                            ),
                        ),
                        (
                            "passage",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="The passage that a new comment is on, as its form named it.",
                            ),
                        ),
                        (
                            "content_note",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=120,
                                verbose_name="content note",
                            ),
                        ),
                        (
                            "used_comments",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Keys of the comments that the text uses, ascending.",
                            ),
                        ),
                        (
                            "paced_until",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="Moves ahead with each automatic save. Once it is too far ahead, saves wait.",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft",
                        "verbose_name_plural": "drafts",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_conflict_copy", False), ("kind", "post")),
                                fields=("user", "post"),
                                name="one_draft_per_writer_and_post",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("is_conflict_copy", False), ("kind", "comment")
                                ),
                                fields=("user", "post"),
                                name="one_comment_draft_per_writer_and_post",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_conflict_copy", False), ("kind", "reply")),
                                fields=("user", "parent"),
                                name="one_reply_draft_per_writer_and_comment",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_conflict_copy", False), ("kind", "edit")),
                                fields=("user", "comment"),
                                name="one_edit_draft_per_writer_and_comment",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("archived_at", None), ("is_conflict_copy", True)
                                ),
                                fields=("user", "tab"),
                                name="one_conflict_copy_per_tab",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "reply"), ("parent__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "reply"), _negated=True),
                                        ("parent__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_reply_drafts_have_a_parent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("comment__isnull", False), ("kind", "edit")),
                                    models.Q(
                                        models.Q(("kind", "edit"), _negated=True),
                                        ("comment__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_edit_drafts_have_a_comment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_conflict_copy", True),
                                    ("archived_at", None),
                                    _connector="OR",
                                ),
                                name="the_draft_itself_is_never_archived",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Prompt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        (
                            "title",
                            models.CharField(
                                help_text="For example: Blog post 1.",
                                max_length=120,
                                verbose_name="short title",
                            ),
                        ),
                        ("question", models.TextField(max_length=4000, verbose_name="question")),
                        ("opens_at", models.DateTimeField(verbose_name="opens")),
                        (
                            "due_at",
                            models.DateTimeField(
                                help_text="A post published in this minute is still on time.",
                                verbose_name="post by",
                            ),
                        ),
                        ("comments_due_at", models.DateTimeField(verbose_name="comment by")),
                        (
                            "words_min",
                            models.PositiveIntegerField(default=0, verbose_name="words from"),
                        ),
                        (
                            "words_max",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="words to"
                            ),
                        ),
                        (
                            "references_min",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="references required"
                            ),
                        ),
                        (
                            "comments_min",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="comments required"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prompts",
                                to="blog.course",
                                verbose_name="course",
                            ),
                        ),
                        (
                            "rubric",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prompts",
                                to="blog.rubric",
                                verbose_name="rubric",
                            ),
                        ),
                        (
                            "required_works",
                            models.ManyToManyField(
                                blank=True,
                                related_name="required_by",
                                to="blog.work",
                                verbose_name="required reading",
                            ),
                        ),
                        (
                            "rota",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "No, they choose for themselves"),
                                    ("pods", "Yes, posts of their pod first"),
                                    ("mixed", "Yes, posts of the whole course"),
                                ],
                                db_default="",
                                default="",
                                help_text="When posts are due, everyone who has published gets posts of others, so that each post has its readers. Nobody gets the same person twice in a row if it can be avoided.",
                                max_length=5,
                                verbose_name="give each student posts to comment on",
                            ),
                        ),
                        (
                            "rota_posts",
                            models.SmallIntegerField(
                                db_default=2,
                                default=2,
                                help_text="2 if you leave it empty.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                                verbose_name="posts for each student",
                            ),
                        ),
                        (
                            "comments_across_pods",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="At least one comment is on the post of somebody in another pod. Students without a pod can choose anybody.",
                                verbose_name="one of them in another pod",
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                editable=False,
                            ),
                        ),
                        (
                            "own_post_first",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Until then they do not see them, on any page or in any email. The teaching team and observers see them all. A post on the public web stays open to people who are not signed in.",
                                verbose_name="students see the posts of others after they publish their own",
                            ),
                        ),
                        (
                            "archived_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "asks_for_help",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Before publishing, students are asked which people, tools and AI tools helped. They can publish without it; the teaching team sees what they wrote.",
                                verbose_name="ask for a statement of help received",
                            ),
                        ),
                        (
                            "is_draft",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Only the teaching team sees a draft, also after the day on which it opens.",
                                verbose_name="draft",
                            ),
                        ),
                        (
                            "late_posts",
                            models.CharField(
                                choices=[
                                    ("accept", "Accept them"),
                                    ("late", "Accept, show as late"),
                                    ("close", "Close at the due date"),
                                ],
                                db_default="late",
                                default="late",
                                help_text="If it closes, nobody can publish a first version after the due date; drafts stay. A student with an extension can publish until it ends.",
                                max_length=6,
                                verbose_name="late posts",
                            ),
                        ),
                        ("position", models.IntegerField(db_default=0, default=0, editable=False)),
                        (
                            "question_html",
                            models.TextField(db_default="", default="", editable=False),
                        ),
                        (
                            "question_plain",
                            models.TextField(db_default="", default="", editable=False),
                        ),
                        (
                            "widest_audience",
                            models.SmallIntegerField(
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
                        (
                            "comments_rubric",
                            models.ForeignKey(
                                blank=True,
                                help_text="For the comments that a student writes on this prompt, graded together.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prompts_for_comments",
                                to="blog.rubric",
                                verbose_name="rubric for comments",
                            ),
                        ),
                        (
                            "is_anonymous",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="Until you release a student’s grade, graders see no names, pods or pictures of students.",
                                verbose_name="grade without names",
                            ),
                        ),
                        (
                            "late_days",
                            models.SmallIntegerField(
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
                        (
                            "has_dates",
                            models.BooleanField(db_default=True, default=True, editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "prompt",
                        "verbose_name_plural": "prompts",
                        "ordering": ["position", "number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "number"), name="one_prompt_per_number_and_course"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gt", models.F("opens_at"))),
                                name="prompts_open_before_they_are_due",
                                violation_error_message="The due date must be after the prompt opens.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("comments_due_at__gte", models.F("due_at"))),
                                name="comments_are_due_after_posts",
                                violation_error_message="Comments cannot be due before posts.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("words_max", None),
                                    ("words_max__gte", models.F("words_min")),
                                    _connector="OR",
                                ),
                                name="word_bands_are_in_order",
                                violation_error_message="“Words to” must be at least “Words from”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rota_posts__gte", 1)),
                                name="rotas_give_at_least_one_post",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("comments_across_pods", False),
                                    ("comments_min__gte", 1),
                                    _connector="OR",
                                ),
                                name="comments_across_pods_are_required_comments",
                                violation_error_message="Require at least one comment first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("late_posts__in", ["accept", "late", "close"])),
                                name="late_posts_are_accepted_shown_as_late_or_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("widest_audience", None),
                                    ("widest_audience__in", [0, 10, 20, 30, 40, 50]),
                                    _connector="OR",
                                ),
                                name="prompts_have_a_known_widest_audience",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("late_days", None), ("late_days__gte", 1), _connector="OR"
                                ),
                                name="late_posts_have_at_least_one_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("has_dates", True), ("is_draft", True), _connector="OR"
                                ),
                                name="prompts_without_dates_are_drafts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QueuePlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="queue_places",
                                to="blog.prompt",
                            ),
                        ),
                        (
                            "student",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="queue_places",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "number in a grading queue",
                        "verbose_name_plural": "numbers in grading queues",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("prompt", "student"),
                                name="one_queue_place_per_prompt_and_student",
                            ),
                            models.UniqueConstraint(
                                fields=("prompt", "number"),
                                name="one_student_per_prompt_and_queue_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField()),
                        ("html", models.TextField()),
                        ("excerpt", models.TextField()),
                        ("paragraphs", models.JSONField(default=list)),
                        ("references", models.JSONField(default=list)),
                        ("words", models.PositiveIntegerField()),
                        ("citations", models.PositiveIntegerField(default=0)),
                        ("renderer", models.PositiveSmallIntegerField()),
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
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="blog.post",
                            ),
                        ),
                        (
                            "content_note",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=120,
                                verbose_name="content note",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a post",
                        "verbose_name_plural": "versions of posts",
                        "ordering": [models.OrderBy(models.F("number"), descending=True)],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("post", "number"), name="one_revision_per_number_and_post"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", [0, 10, 20, 30, 40, 50])),
                                name="versions_of_posts_have_a_known_audience",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("post", "post"), ("comments", "comments")],
                                default="post",
                                max_length=8,
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="feedback")),
                        ("html", models.TextField(blank=True)),
                        ("of_record", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "released_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "grader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gradings_given",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "student",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gradings_received",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gradings",
                                to="blog.post",
                            ),
                        ),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gradings",
                                to="blog.prompt",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gradings",
                                to="blog.revision",
                            ),
                        ),
                        ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("is_chosen", models.BooleanField(default=False)),
                        (
                            "released_rubric",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gradings_released",
                                to="blog.rubric",
                            ),
                        ),
                        (
                            "override_hundredths",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="other points in hundredths"
                            ),
                        ),
                        (
                            "override_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        (
                            "private_note",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="private note"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("graded", "graded"),
                                    ("feedback", "feedback without a grade"),
                                    ("excused", "excused"),
                                    ("missing", "not submitted"),
                                ],
                                default="graded",
                                max_length=8,
                            ),
                        ),
                        ("words_version", models.IntegerField(default=0)),
                        ("note_version", models.IntegerField(default=0)),
                        ("record_version", models.IntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "grade",
                        "verbose_name_plural": "grades",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("prompt", "student", "kind", "grader"),
                                name="one_grading_per_prompt_student_kind_and_grader",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("of_record", True)),
                                fields=("prompt", "student", "kind"),
                                name="one_grade_of_record_per_prompt_student_and_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("released_at", None), ("of_record", True), _connector="OR"
                                ),
                                name="only_grades_of_record_are_released",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["post", "comments"])),
                                name="gradings_have_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_chosen", False), ("of_record", True), _connector="OR"
                                ),
                                name="only_grades_of_record_are_chosen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("edited_at", None), ("released_rubric", None)),
                                    ("released_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="only_released_grades_are_edited_or_have_a_released_rubric",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["graded", "feedback", "excused", "missing"])
                                ),
                                name="gradings_have_a_known_status",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("override_hundredths", None),
                                    models.Q(("override_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="other_points_have_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rubric",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rubrics",
                                to="blog.course",
                                verbose_name="course",
                            ),
                        ),
                        (
                            "archived_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="archived"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rubric",
                        "verbose_name_plural": "rubrics",
                        "ordering": ["title", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "title"),
                                name="one_rubric_per_title_and_course",
                                violation_error_message="This course already has a rubric with this title.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="blog.criterion",
                            ),
                        ),
                        (
                            "grading",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="blog.grading",
                            ),
                        ),
                        (
                            "level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="blog.level",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "score",
                        "verbose_name_plural": "scores",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("grading", "criterion"),
                                name="one_score_per_grading_and_criterion",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="blog.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section",
                        "verbose_name_plural": "sections",
                        "ordering": ["name", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "name"),
                                name="one_section_per_name_and_course",
                                violation_error_message="This course already has a section with this name.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("student", "student"),
                                    ("instructor", "instructor"),
                                    ("assistant", "assistant"),
                                    ("observer", "observer"),
                                ],
                                default="student",
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "is_confidential",
                            models.BooleanField(
                                default=False,
                                help_text="Classmates see a neutral name instead of this person’s own.",
                                verbose_name="name withheld",
                            ),
                        ),
                        (
                            "joined_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="joined",
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="left"
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="blog.course",
                                verbose_name="course",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "pod",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="memberships",
                                to="blog.pod",
                                verbose_name="pod",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="memberships",
                                to="blog.section",
                                verbose_name="section",
                            ),
                        ),
                        (
                            "family_name",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=150,
                                verbose_name="family name",
                            ),
                        ),
                        (
                            "listed_name",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=150,
                                verbose_name="name on the list",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "verbose_name_plural": "memberships",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "user"),
                                name="one_membership_per_course_and_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["student", "instructor", "assistant", "observer"])
                                ),
                                name="memberships_have_a_known_role",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkVerification",
                    fields=[
                        (
                            "work",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="verification",
                                serialize=False,
                                to="blog.work",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("checked", "checked"),
                                    ("differs", "differs"),
                                    ("not found", "not found"),
                                    ("retracted", "retracted"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("found", models.JSONField(null=True)),
                        (
                            "doi",
                            models.CharField(
                                blank=True, help_text="The DOI that was looked up.", max_length=300
                            ),
                        ),
                        ("checked_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(db_index=True)),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "check of a reference",
                        "verbose_name_plural": "checks of references",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("checked_at", None), ("result", "")),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True),
                                        ("checked_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="results_have_a_date",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.CharField(max_length=80, verbose_name="citation key")),
                        ("cited", models.BooleanField(default=False)),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="references",
                                to="blog.post",
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="references",
                                to="blog.work",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reference in a post",
                        "verbose_name_plural": "references in posts",
                        "ordering": ["key"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("post", "key"),
                                name="one_reference_per_key_and_post",
                                violation_error_message="Another reference of this post has this key.",
                            ),
                            models.UniqueConstraint(
                                fields=("post", "work"),
                                name="one_reference_per_work_and_post",
                                violation_error_message="This reference is already in the list.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkMerge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "references",
                            models.JSONField(
                                default=list, help_text="The references that were moved."
                            ),
                        ),
                        (
                            "prompts",
                            models.JSONField(
                                default=list, help_text="The prompts that were moved."
                            ),
                        ),
                        (
                            "made_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "canonical",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges",
                                to="blog.work",
                            ),
                        ),
                        (
                            "duplicate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="merge",
                                to="blog.work",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work_merges",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "merge of two references",
                        "verbose_name_plural": "merges of references",
                        "ordering": ["-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("duplicate", models.F("canonical")), _negated=True
                                ),
                                name="no_work_is_merged_into_itself",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeenFeedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="note")),
                        ("html", models.TextField(blank=True)),
                        (
                            "audience",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (10, "me and the teaching team"),
                                    (30, "everyone in the course who can see the post"),
                                ],
                                default=30,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "post",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="process_note",
                                to="blog.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note on how a post came about",
                        "verbose_name_plural": "notes on how posts came about",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="HelpStatement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("people", models.TextField(blank=True, verbose_name="people")),
                        ("tools", models.TextField(blank=True, verbose_name="tools")),
                        ("ai_tools", models.TextField(blank=True, verbose_name="AI tools")),
                        (
                            "audience",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (10, "me and the teaching team"),
                                    (30, "everyone in the course who can see the post"),
                                ],
                                default=10,
                            ),
                        ),
                        ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "post",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="help_statement",
                                to="blog.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statement of help",
                        "verbose_name_plural": "statements of help",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ai_tools", ""), ("people", ""), ("tools", ""), _negated=True
                                ),
                                name="a_help_statement_says_something",
                                violation_error_message="Say which help you had.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessMoment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("source", models.CharField(max_length=30)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("text", models.TextField()),
                        ("words", models.PositiveIntegerField()),
                        ("written_at", models.DateTimeField()),
                        ("explanation", models.CharField(max_length=500)),
                        (
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moments",
                                to="blog.processnote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "moment of a text",
                        "verbose_name_plural": "moments of texts",
                        "ordering": ["written_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("note", "source"), name="one_moment_per_note_and_source"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("explanation", ""), _negated=True),
                                name="moments_say_what_changed_and_why",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RotaEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("is_offer", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rota_entries",
                                to="blog.post",
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rota_entries",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "post given to a student",
                        "verbose_name_plural": "posts given to students",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reader", "post"), name="one_rota_entry_per_reader_and_post"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "token",
                            models.CharField(
                                default=blog.models.feed_addresses.new_feed_token,
                                editable=False,
                                max_length=64,
                                unique=True,
                                verbose_name="secret",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="created",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feed_address",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "posts_token",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                max_length=64,
                                verbose_name="secret of posts and comments",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "feed address",
                        "verbose_name_plural": "feed addresses",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("posts_token", ""), _negated=True),
                                fields=("posts_token",),
                                name="one_feed_address_per_secret_of_posts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "event",
                            models.CharField(
                                help_text="A key that names the event.", max_length=80
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("announcement", "Announcements"),
                                    ("feedback", "Feedback on my work"),
                                    ("extension", "More time for my posts"),
                                    ("decision", "Decisions about what I wrote"),
                                    ("report", "Decisions about what I reported"),
                                    ("waiting", "What waits for the teaching team’s decision"),
                                    ("reply", "Replies to my comments"),
                                    ("mention", "Comments that mention me"),
                                    ("comment", "Comments on my posts"),
                                    ("used", "Versions that use a comment of mine"),
                                    ("given", "Posts given to me to comment on"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("reasons", models.JSONField(default=list)),
                        (
                            "mail_key",
                            models.CharField(blank=True, db_default="", default="", max_length=120),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "comment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.comment",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.course",
                            ),
                        ),
                        (
                            "grading",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.grading",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.post",
                            ),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notifications",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reader",
                            ),
                        ),
                        (
                            "announcement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.announcement",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.report",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.normproposal",
                            ),
                        ),
                        (
                            "extension",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.extension",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notification",
                        "verbose_name_plural": "notifications",
                        "indexes": [
                            models.Index(
                                fields=["reader", "-created_at"], name="notifications_of_a_reader"
                            ),
                            models.Index(
                                condition=models.Q(("seen_at", None)),
                                fields=["mail_key", "created_at"],
                                name="unseen_notifications_by_mail",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reader", "event"),
                                name="one_notification_per_reader_and_event",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("announcement__isnull", True),
                                        ("comment__isnull", False),
                                        ("extension__isnull", True),
                                        ("grading__isnull", True),
                                        ("post__isnull", True),
                                        ("proposal__isnull", True),
                                        ("report__isnull", True),
                                    ),
                                    models.Q(
                                        ("announcement__isnull", True),
                                        ("comment__isnull", True),
                                        ("extension__isnull", True),
                                        ("grading__isnull", True),
                                        ("post__isnull", False),
                                        ("proposal__isnull", True),
                                        ("report__isnull", True),
                                    ),
                                    models.Q(
                                        ("announcement__isnull", True),
                                        ("comment__isnull", True),
                                        ("extension__isnull", True),
                                        ("grading__isnull", False),
                                        ("post__isnull", True),
                                        ("proposal__isnull", True),
                                        ("report__isnull", True),
                                    ),
                                    models.Q(
                                        ("announcement__isnull", False),
                                        ("comment__isnull", True),
                                        ("extension__isnull", True),
                                        ("grading__isnull", True),
                                        ("post__isnull", True),
                                        ("proposal__isnull", True),
                                        ("report__isnull", True),
                                    ),
                                    models.Q(
                                        ("announcement__isnull", True),
                                        ("comment__isnull", True),
                                        ("extension__isnull", True),
                                        ("grading__isnull", True),
                                        ("post__isnull", True),
                                        ("proposal__isnull", True),
                                        ("report__isnull", False),
                                    ),
                                    models.Q(
                                        ("announcement__isnull", True),
                                        ("comment__isnull", True),
                                        ("extension__isnull", True),
                                        ("grading__isnull", True),
                                        ("post__isnull", True),
                                        ("proposal__isnull", False),
                                        ("report__isnull", True),
                                    ),
                                    models.Q(
                                        ("announcement__isnull", True),
                                        ("comment__isnull", True),
                                        ("extension__isnull", False),
                                        ("grading__isnull", True),
                                        ("post__isnull", True),
                                        ("proposal__isnull", True),
                                        ("report__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="notifications_are_about_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("exact", models.TextField()),
                        ("prefix", models.CharField(blank=True, max_length=32)),
                        ("suffix", models.CharField(blank=True, max_length=32)),
                        ("start", models.IntegerField()),
                        ("end", models.IntegerField()),
                        ("start_now", models.IntegerField(null=True)),
                        ("end_now", models.IntegerField(null=True)),
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passage",
                                to="blog.comment",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passages",
                                to="blog.revision",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("end__gt", models.F("start")), ("start__gte", 0)
                                ),
                                name="passages_have_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("end_now__isnull", True), ("start_now__isnull", True)
                                    ),
                                    models.Q(
                                        ("end_now__gt", models.F("start_now")),
                                        ("start_now__gte", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="passages_that_are_found_have_words",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MailChoices",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("daily", "Every day"), ("weekly", "Once a week")],
                                db_default="daily",
                                default="daily",
                                max_length=8,
                                verbose_name="how often",
                            ),
                        ),
                        (
                            "hour",
                            models.SmallIntegerField(
                                db_default=8, default=8, verbose_name="at this time of day"
                            ),
                        ),
                        (
                            "weekday",
                            models.SmallIntegerField(
                                choices=[
                                    (0, "Monday"),
                                    (1, "Tuesday"),
                                    (2, "Wednesday"),
                                    (3, "Thursday"),
                                    (4, "Friday"),
                                    (5, "Saturday"),
                                    (6, "Sunday"),
                                ],
                                db_default=0,
                                default=0,
                                verbose_name="on this day",
                            ),
                        ),
                        ("left_out", models.JSONField(default=list)),
                        (
                            "has_replies_at_once",
                            models.BooleanField(db_default=False, default=False),
                        ),
                        ("has_announcements", models.BooleanField(db_default=True, default=True)),
                        ("has_feedback", models.BooleanField(db_default=True, default=True)),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mail_choices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("has_digest", models.BooleanField(db_default=True, default=True)),
                        ("has_extensions", models.BooleanField(db_default=True, default=True)),
                    ],
                    options={
                        "verbose_name": "choices of email",
                        "verbose_name_plural": "choices of email",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hour__gte", 7), ("hour__lte", 21)),
                                name="digests_are_sent_by_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekday__gte", 0), ("weekday__lte", 6)),
                                name="weekdays_are_seven",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rhythm__in", ["daily", "weekly"])),
                                name="digests_are_daily_or_weekly",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Announcement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        ("text", models.TextField(max_length=5000, verbose_name="text")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "sends_at",
                            models.DateTimeField(
                                default=blog.models.announcements.next_announcement_time,
                                editable=False,
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announcements",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announcements",
                                to="blog.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announcement",
                        "verbose_name_plural": "announcements",
                        "indexes": [
                            models.Index(
                                fields=["course", "-sends_at"], name="announcements_of_a_course"
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="GuestComment",
                    fields=[
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="guest",
                                serialize=False,
                                to="blog.comment",
                                verbose_name="comment",
                            ),
                        ),
                        ("key", models.UUIDField(editable=False, null=True, unique=True)),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="email"),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        (
                            "ip",
                            models.GenericIPAddressField(
                                blank=True, null=True, verbose_name="IP address"
                            ),
                        ),
                        (
                            "user_agent",
                            models.CharField(blank=True, max_length=300, verbose_name="browser"),
                        ),
                        (
                            "referrer",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="sent from page"
                            ),
                        ),
                        (
                            "is_imported",
                            models.BooleanField(default=False, verbose_name="imported"),
                        ),
                        (
                            "spam_check",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not checked for spam"),
                                    ("due", "not checked for spam yet"),
                                    ("ham", "not spam"),
                                    ("spam", "may be spam"),
                                    ("blatant", "certainly spam"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="spam check",
                            ),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="check from"),
                        ),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                        (
                            "report",
                            models.CharField(
                                blank=True,
                                choices=[("", "nothing"), ("ham", "not spam"), ("spam", "spam")],
                                default="",
                                max_length=4,
                            ),
                        ),
                        ("report_due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason"),
                        ),
                        (
                            "objection",
                            models.CharField(blank=True, max_length=500, verbose_name="objection"),
                        ),
                        (
                            "objected_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="objected"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment by a guest",
                        "verbose_name_plural": "comments by guests",
                        "indexes": [
                            models.Index(
                                fields=["spam_check", "due_at"], name="guest_comments_to_check"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("spam_check", "due"), _negated=True),
                                    ("due_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="due_spam_checks_have_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("report_due_at", None),
                                    models.Q(("report", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="due_spam_reports_say_what",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    models.Q(
                                        ("named_at__isnull", False), ("revision__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="used_comments_have_a_version_and_a_date",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PostLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "linked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="linked_from",
                                to="blog.post",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="blog.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link between posts",
                        "verbose_name_plural": "links between posts",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("post", "linked"), name="one_link_from_one_post_to_another"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("post", models.F("linked")), _negated=True),
                                name="no_post_links_to_itself",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CommentRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField()),
                        ("html", models.TextField()),
                        ("renderer", models.PositiveSmallIntegerField()),
                        (
                            "audience",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (10, "the post’s author and the teaching team"),
                                    (30, "everyone in the course who can see the post"),
                                    (50, "also readers of the public page, under my public name"),
                                ]
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="blog.comment",
                            ),
                        ),
                        (
                            "content_note",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=120,
                                verbose_name="content note",
                            ),
                        ),
                        ("is_withheld", models.BooleanField(db_default=False, default=False)),
                    ],
                    options={
                        "verbose_name": "former text of a comment",
                        "verbose_name_plural": "former texts of comments",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", [10, 30, 50])),
                                name="former_texts_of_comments_have_a_known_audience",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeenComments",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("seen_at", models.DateTimeField()),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.post",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comments that a reader has seen",
                        "verbose_name_plural": "comments that readers have seen",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "post"),
                                name="one_time_of_seen_comments_per_reader_and_post",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ModerationCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waits for a decision"),
                                    ("keep", "stays as it is"),
                                    ("ask", "a change is asked for"),
                                    ("hide", "hidden"),
                                    ("closed", "closed"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("waiting_since", models.DateTimeField(default=django.utils.timezone.now)),
                        ("is_author_told", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "comment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moderation_case",
                                to="blog.comment",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moderation_cases",
                                to="blog.course",
                            ),
                        ),
                        (
                            "post",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moderation_case",
                                to="blog.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "moderation case",
                        "verbose_name_plural": "moderation cases",
                        "indexes": [
                            models.Index(
                                fields=["course", "state", "waiting_since"],
                                name="cases_of_a_course",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("comment__isnull", True), ("post__isnull", False)),
                                    models.Q(("comment__isnull", False), ("post__isnull", True)),
                                    _connector="OR",
                                ),
                                name="cases_have_one_target",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ModerationEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "reported"),
                                    ("take_back", "report taken back"),
                                    ("keep", "stays as it is"),
                                    ("ask", "change asked for"),
                                    ("hide", "hidden"),
                                    ("undo", "decision undone"),
                                    ("explain", "explained"),
                                    ("object", "objected"),
                                    ("edit", "edited"),
                                    ("delete", "deleted"),
                                    ("restore", "restored"),
                                    ("pass", "published by the spam filter"),
                                    ("stop", "not published by the spam filter"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=500)),
                        (
                            "state_before",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("waiting", "waits for a decision"),
                                    ("keep", "stays as it is"),
                                    ("ask", "a change is asked for"),
                                    ("hide", "hidden"),
                                    ("closed", "closed"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("was_hidden", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moderation_events",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="blog.moderationcase",
                            ),
                        ),
                        (
                            "undoes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="undone_by",
                                to="blog.moderationevent",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="blog.report",
                            ),
                        ),
                        ("was_waiting", models.BooleanField(db_default=False, default=False)),
                    ],
                    options={
                        "verbose_name": "moderation event",
                        "verbose_name_plural": "moderation events",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["case", "kind"], name="events_of_a_case")],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Norm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                help_text="What people choose in a report.",
                                max_length=60,
                                verbose_name="short name",
                            ),
                        ),
                        (
                            "sentence",
                            models.CharField(max_length=240, verbose_name="in one sentence"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "accepted_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("dropped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="norms",
                                to="blog.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "norm",
                        "verbose_name_plural": "norms",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("course"),
                                django.db.models.functions.text.Lower("name"),
                                condition=models.Q(("dropped_at", None)),
                                name="one_norm_per_name_and_course",
                                violation_error_message="The charter already has a norm with this name.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NormProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("add", "add"), ("change", "change"), ("drop", "drop")],
                                max_length=6,
                            ),
                        ),
                        (
                            "name",
                            models.CharField(blank=True, max_length=60, verbose_name="short name"),
                        ),
                        (
                            "sentence",
                            models.CharField(
                                blank=True, max_length=240, verbose_name="in one sentence"
                            ),
                        ),
                        ("former_name", models.CharField(blank=True, max_length=60)),
                        ("former_sentence", models.CharField(blank=True, max_length=240)),
                        ("why", models.CharField(max_length=240, verbose_name="why")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("accepted", "accepted"),
                                    ("declined", "not accepted"),
                                    ("taken_back", "taken back"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, max_length=240, verbose_name="your reason"
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="norm_proposals",
                                to="blog.course",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="norm_decisions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "norm",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="blog.norm",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="norm_proposals",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal for the charter",
                        "verbose_name_plural": "proposals for the charter",
                        "indexes": [
                            models.Index(
                                fields=["course", "state"], name="norm_proposals_of_a_course"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("norm", "proposed_by"),
                                name="one_open_proposal_per_norm_and_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "add"), ("norm__isnull", False), _connector="OR"
                                ),
                                name="proposals_to_change_or_drop_have_a_norm",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "open")),
                                    models.Q(("state", "open"), _negated=True),
                                    _connector="OR",
                                ),
                                name="open_proposals_are_not_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["accepted", "declined"]), _negated=True
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False), ("decided_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="decided_proposals_say_by_whom",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("norm_name", models.CharField(blank=True, max_length=60)),
                        ("sentence", models.CharField(blank=True, max_length=300)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="blog.moderationcase",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="closed_reports",
                                to="blog.moderationevent",
                            ),
                        ),
                        (
                            "norm",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="reports",
                                to="blog.norm",
                            ),
                        ),
                        (
                            "reporter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report",
                        "verbose_name_plural": "reports",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("case", "reporter"),
                                name="one_open_report_per_case_and_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradingEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("saved", "saved"),
                                    ("released", "released"),
                                    ("taken_back", "release taken back"),
                                    ("counts", "now counts"),
                                    ("settled", "settled"),
                                    ("adopted", "created from comments and posts on time"),
                                    ("imported", "imported from a file"),
                                    ("removed", "removed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("changes", models.JSONField(default=dict)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grading_events",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "grading",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="blog.grading",
                            ),
                        ),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grading_events",
                                to="blog.prompt",
                            ),
                        ),
                        (
                            "student",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "grading_kind",
                            models.CharField(
                                choices=[("post", "post"), ("comments", "comments")], max_length=8
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grading event",
                        "verbose_name_plural": "grading events",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "saved",
                                            "released",
                                            "taken_back",
                                            "counts",
                                            "settled",
                                            "adopted",
                                            "imported",
                                            "removed",
                                        ],
                                    )
                                ),
                                name="grading_events_are_of_a_known_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondGradingDraw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("seed", models.PositiveIntegerField()),
                        (
                            "drawn_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_grading_draws",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_grading_draws",
                                to="blog.prompt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draw of second gradings",
                        "verbose_name_plural": "draws of second gradings",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SecondGrading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "first",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_grading",
                                to="blog.grading",
                            ),
                        ),
                        (
                            "grader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_gradings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="second_gradings",
                                to="blog.secondgradingdraw",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "second grading",
                        "verbose_name_plural": "second gradings",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Settlement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "settled_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.criterion",
                            ),
                        ),
                        (
                            "former_level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.level",
                            ),
                        ),
                        (
                            "grading",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="settlements",
                                to="blog.grading",
                            ),
                        ),
                        (
                            "level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.level",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settlements",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "settled level",
                        "verbose_name_plural": "settled levels",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("grading", "criterion"),
                                name="one_settlement_per_grading_and_criterion",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Calibration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "begun_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calibrations_begun",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "posts",
                            models.ManyToManyField(related_name="calibrations", to="blog.post"),
                        ),
                        (
                            "prompt",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calibration",
                                to="blog.prompt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calibration",
                        "verbose_name_plural": "calibrations",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="email")),
                        ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                        (
                            "family_name",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="family name"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("student", "student"),
                                    ("instructor", "instructor"),
                                    ("assistant", "assistant"),
                                    ("observer", "observer"),
                                ],
                                default="student",
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        ("identifiers", models.JSONField(blank=True, default=dict)),
                        ("sendings", models.PositiveSmallIntegerField(default=1, editable=False)),
                        (
                            "sent_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="sent",
                            ),
                        ),
                        (
                            "expires_at",
                            models.DateTimeField(
                                default=blog.models.invitations.new_expiry,
                                editable=False,
                                verbose_name="works until",
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="withdrawn"
                            ),
                        ),
                        (
                            "accepted_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="accepted"
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="blog.course",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitations",
                                to="blog.membership",
                            ),
                        ),
                        (
                            "pod",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitations",
                                to="blog.pod",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitations",
                                to="blog.section",
                            ),
                        ),
                        (
                            "roster_import",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitations",
                                to="blog.rosterimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                                fields=("course", "email"),
                                name="one_open_invitation_per_course_and_email",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["student", "instructor", "assistant", "observer"])
                                ),
                                name="invitations_have_a_known_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("email", ""), _negated=True),
                                name="invitations_have_an_email",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_at", None), ("withdrawn_at", None), _connector="OR"
                                ),
                                name="invitations_are_not_both_accepted_and_withdrawn",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RosterImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="file")),
                        ("is_pasted", models.BooleanField(default=False)),
                        ("data", models.BinaryField(default=bytes)),
                        ("answers", models.JSONField(default=dict)),
                        ("changes", models.JSONField(default=dict)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="created",
                            ),
                        ),
                        (
                            "added_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="added"
                            ),
                        ),
                        (
                            "undone_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="undone"
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roster_imports",
                                to="blog.course",
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
                        "verbose_name": "list of people",
                        "verbose_name_plural": "lists of people",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at", None),
                                    ("added_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="only_added_roster_imports_are_undone",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StudentIdentifier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "system",
                            models.CharField(blank=True, max_length=20, verbose_name="system"),
                        ),
                        ("kind", models.CharField(max_length=20, verbose_name="kind")),
                        ("value", models.CharField(max_length=200, verbose_name="value")),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="student_identifiers",
                                to="blog.membership",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "number in the student system",
                        "verbose_name_plural": "numbers in the student system",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("membership", "system", "kind"),
                                name="one_identifier_per_member_system_and_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedComment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.CharField(max_length=600, verbose_name="text")),
                        ("position", models.PositiveSmallIntegerField(editable=False)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_comments",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="owner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved comment",
                        "verbose_name_plural": "saved comments",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="OpenPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("seen_at", models.DateTimeField()),
                        (
                            "grader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="open_places",
                                to="blog.queueplace",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "open place on the grading desk",
                        "verbose_name_plural": "open places on the grading desk",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "grader"),
                                name="one_open_place_per_place_and_grader",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ParticipationRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "comment_hundredths",
                            models.PositiveIntegerField(
                                verbose_name="points in hundredths for each comment"
                            ),
                        ),
                        (
                            "most_people",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="maximum number of people",
                            ),
                        ),
                        (
                            "post_hundredths",
                            models.PositiveIntegerField(
                                default=0, verbose_name="points in hundredths for a post on time"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "course",
                            models.OneToOneField(
                                error_messages={
                                    "unique": "This course already has a rule. Check it first."
                                },
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participation_rule",
                                to="blog.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participation rule",
                        "verbose_name_plural": "participation rules",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="GradeAdoption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "comment_hundredths",
                            models.PositiveIntegerField(
                                verbose_name="points in hundredths for each comment"
                            ),
                        ),
                        (
                            "most_people",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="maximum number of people",
                            ),
                        ),
                        (
                            "post_hundredths",
                            models.PositiveIntegerField(
                                default=0, verbose_name="points in hundredths for a post on time"
                            ),
                        ),
                        ("gradings", models.JSONField(default=list)),
                        (
                            "adopted_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "adopted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="adoptions",
                                to="blog.prompt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participation grades",
                        "verbose_name_plural": "participation grades",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at", None),
                                    ("undone_at__gte", models.F("adopted_at")),
                                    _connector="OR",
                                ),
                                name="adoptions_are_undone_after_they_are_made",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="LmsFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="file")),
                        ("data", models.BinaryField(default=bytes)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="created",
                            ),
                        ),
                        ("answers", models.JSONField(default=dict)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.course",
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
                        "verbose_name": "LMS file",
                        "verbose_name_plural": "LMS files",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="GradeImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="file")),
                        ("data", models.BinaryField(default=bytes)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="created",
                            ),
                        ),
                        ("changes", models.JSONField(default=dict)),
                        (
                            "imported_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="imported"
                            ),
                        ),
                        (
                            "undone_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="undone"
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.course",
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
                        "verbose_name": "grade import",
                        "verbose_name_plural": "grade imports",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at", None),
                                    ("imported_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="only_finished_grade_imports_are_undone",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("until", models.DateTimeField(verbose_name="until")),
                        (
                            "changed_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "taken_back_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
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
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("prompt", "student"),
                                name="one_extension_per_prompt_and_student",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("levels", models.JSONField(blank=True, default=dict)),
                        ("held_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "grading",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="held",
                                to="blog.grading",
                            ),
                        ),
                        ("record", models.JSONField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "held change of a grade",
                        "verbose_name_plural": "held changes of grades",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="GradingTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("seconds", models.PositiveIntegerField()),
                        ("measured_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "grader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grading_times",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.prompt",
                            ),
                        ),
                        (
                            "student",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("post", "post"), ("comments", "comments")],
                                db_default="post",
                                default="post",
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grading time",
                        "verbose_name_plural": "grading times",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("seconds__lte", 7200)),
                                name="grading_times_are_two_hours_at_most",
                            ),
                            models.UniqueConstraint(
                                fields=("grader", "prompt", "student", "kind"),
                                name="one_grading_time_per_grader_prompt_student_and_kind",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "to",
                            models.CharField(
                                choices=[
                                    ("no-post", "Has not posted"),
                                    ("no-comments", "Has not commented"),
                                    ("no-comment-yet", "Has no comment yet"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="subject")),
                        ("text", models.TextField(max_length=5000, verbose_name="text")),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "sends_at",
                            models.DateTimeField(
                                default=blog.models.messages.next_message_time, editable=False
                            ),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages_written",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="blog.prompt",
                            ),
                        ),
                        (
                            "students",
                            models.ManyToManyField(
                                related_name="messages_received", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message",
                        "verbose_name_plural": "messages",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("to__in", ["no-post", "no-comments", "no-comment-yet"])
                                ),
                                name="messages_are_to_a_known_group",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="FeedbackReply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(max_length=4000, verbose_name="what I will change"),
                        ),
                        ("html", models.TextField()),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback_replies",
                                to="blog.prompt",
                            ),
                        ),
                        (
                            "student",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback_replies",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reply to feedback",
                        "verbose_name_plural": "replies to feedback",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("prompt", "student"),
                                name="one_feedback_reply_per_prompt_and_student",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="FeedbackReplyRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField()),
                        ("html", models.TextField()),
                        ("written_at", models.DateTimeField()),
                        (
                            "reply",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="blog.feedbackreply",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "former text of a reply to feedback",
                        "verbose_name_plural": "former texts of replies to feedback",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "comment",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="search_entry",
                                to="blog.comment",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.course",
                            ),
                        ),
                        (
                            "post",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="search_entry",
                                to="blog.post",
                            ),
                        ),
                        (
                            "work",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="search_entry",
                                to="blog.work",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of the search index",
                        "verbose_name_plural": "search index",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("comment", None), ("post__isnull", False), ("work", None)
                                    ),
                                    models.Q(
                                        ("comment__isnull", False), ("post", None), ("work", None)
                                    ),
                                    models.Q(
                                        ("comment", None), ("post", None), ("work__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="search_entries_are_of_one_thing",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Takeout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "being prepared"),
                                    ("ready", "ready"),
                                    ("failed", "not prepared"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "file",
                            models.FileField(
                                blank=True, default="", upload_to=blog.models.takeouts.takeout_path
                            ),
                        ),
                        ("bytes", models.PositiveBigIntegerField(default=0)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="blog.course",
                                verbose_name="course",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="takeouts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of everything of a person",
                        "verbose_name_plural": "files of everything of a person",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("course__isnull", False), ("state", "waiting")),
                                fields=("person", "course"),
                                name="one_takeout_under_way_per_person_and_course",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("course", None), ("state", "waiting")),
                                fields=("person",),
                                name="one_takeout_of_all_courses_under_way_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        ("finished_at__isnull", False),
                                        models.Q(("file", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="takeouts_that_are_ready_have_a_file",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ]
        ),
        *(migrations.RunPython(one.create_triggers, one.drop_triggers) for one in TRIGGERS),
    ]
