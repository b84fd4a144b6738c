import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0026_authors_mark_comments_to_use"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
    ]
