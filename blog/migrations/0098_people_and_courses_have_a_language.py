"""People, courses and guests have a language; "" is the next one's: course, browser, site."""

from django.db import migrations, models


def language(**options) -> models.CharField:
    return models.CharField(
        blank=True, db_default="", default="", max_length=12, verbose_name="language", **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0097_courses_remember_who_was_told_of_dates"),
    ]

    operations = [
        migrations.AddField("course", "language", language()),
        migrations.AddField("guestcomment", "language", language(editable=False)),
        migrations.AddField("user", "language", language()),
    ]
