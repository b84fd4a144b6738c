"""People, courses and guests have a language; "" is the next one's: course, browser, site."""

from django.db import migrations, models


def language(**options) -> models.CharField:
    return models.CharField(
        blank=True, db_default="", default="", max_length=12, verbose_name="language", **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0096_last_run_of_tick"),
    ]

    operations = [
        migrations.AddField("course", "language", language()),
        migrations.AddField("guestcomment", "language", language(editable=False)),
        migrations.AddField("user", "language", language()),
    ]
