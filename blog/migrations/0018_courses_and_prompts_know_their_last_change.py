import django.utils.timezone
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """Earlier rows count as changed now: a calendar then reads their dates once more."""

    dependencies = [
        ("blog", "0017_prompts_require_comments_across_pods"),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name="changed_at",
            field=models.DateTimeField(
                db_default=Now(), default=django.utils.timezone.now, editable=False
            ),
        )
        for model in ("course", "prompt")
    ]
