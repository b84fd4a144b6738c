from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0049_digests_are_daily_or_weekly"),
    ]

    operations = [
        migrations.AlterField(
            model_name="course",
            name="guest_comments",
            field=models.CharField(
                choices=[
                    ("off", "No: only members of the course can comment"),
                    ("moderated", "Yes, and the teaching team decides on each comment"),
                    ("filtered", "Yes, and comments that pass the spam filter appear at once"),
                ],
                db_default="off",
                default="off",
                help_text="People without an account, on the public page of a post. Without a spam filter, the teaching team decides on each comment.",
                max_length=9,
                verbose_name="comments by guests",
            ),
        ),
        migrations.AlterField(
            model_name="guestcomment",
            name="referrer",
            field=models.CharField(blank=True, max_length=300, verbose_name="sent from page"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("announcement", "Announcements"),
                    ("feedback", "Feedback on my work"),
                    ("decision", "Decisions about what I wrote"),
                    ("report", "Decisions about what I reported"),
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
    ]
