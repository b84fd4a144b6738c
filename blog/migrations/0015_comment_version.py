from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0014_keys_of_forms_know_their_content"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="version",
            field=models.IntegerField(default=1, db_default=1, editable=False),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=Q(version__gte=1), name="versions_of_comments_begin_at_one"
            ),
        ),
    ]
