from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0004_works_are_shared_when_published"),
    ]

    operations = [
        migrations.AddField(
            model_name="work",
            name="version",
            field=models.IntegerField(default=1, editable=False),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.CheckConstraint(
                condition=Q(version__gte=1), name="versions_of_works_begin_at_one"
            ),
        ),
    ]
