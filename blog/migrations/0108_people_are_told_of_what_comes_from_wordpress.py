from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0107_entries_of_a_blog_of_somebody_else"),
    ]

    operations = [
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
                    ("imported", "What comes from WordPress under my name"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
    ]
