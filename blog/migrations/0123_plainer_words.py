from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0122_history_of_grades_stays_for_a_year"),
    ]

    operations = [
        migrations.AlterField(
            model_name="blogentry",
            name="refusal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("too_long", "The text is too long or too complicated for a post."),
                    ("empty", "The entry has no text."),
                    ("not_now", "The course did not take it. This site will try again."),
                    (
                        "others",
                        "Someone else in this course has it in their blog. If it is yours, tell an instructor.",
                    ),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="is_confidential",
            field=models.BooleanField(
                default=False,
                help_text="Everyone sees a course name, except the team in the roster and gradebook.",
                verbose_name="name withheld",
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
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
                    ("imported", "Imports from WordPress under my name"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="comments_across_pods",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="At least one comment is on the post of someone in another pod. Students without a pod can choose anyone.",
                verbose_name="one of them in another pod",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="is_draft",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Only the teaching team sees a draft, even after the day on which it opens.",
                verbose_name="draft",
            ),
        ),
        migrations.AlterConstraint(
            model_name="ownblog",
            name="one_person_per_own_blog_and_course",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at", None)),
                fields=("course", "feed_url"),
                name="one_person_per_own_blog_and_course",
                violation_error_message="Someone in this course has connected this blog.",
            ),
        ),
        migrations.AlterField(
            model_name="course",
            name="closes_on",
            field=models.DateField(
                blank=True,
                help_text="The course code and open invitations no longer work.",
                null=True,
                verbose_name="nobody new can join from",
            ),
        ),
        migrations.AlterField(
            model_name="course",
            name="public_ends_on",
            field=models.DateField(
                blank=True,
                help_text="From then on only the course can read them, new posts included.",
                null=True,
                verbose_name="posts leave the public web on",
            ),
        ),
        migrations.AlterField(
            model_name="prompt",
            name="due_at",
            field=models.DateTimeField(
                help_text="A post published in that minute is still on time.",
                verbose_name="post by",
            ),
        ),
    ]
