from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0028_find_links_of_published_posts"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="content_note",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="content note"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="content_note",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="content note"
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="content_note",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="content note"
            ),
        ),
    ]
