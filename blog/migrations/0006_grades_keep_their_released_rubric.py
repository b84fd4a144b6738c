from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("blog", "0005_work_version")]

    operations = [
        migrations.RemoveConstraint(
            model_name="grading",
            name="only_released_grades_are_edited_or_have_an_earlier_rubric",
        ),
        migrations.RenameField(
            model_name="grading", old_name="earlier_rubric", new_name="released_rubric"
        ),
        migrations.AddConstraint(
            model_name="grading",
            constraint=models.CheckConstraint(
                condition=Q(edited_at=None, released_rubric=None) | Q(released_at__isnull=False),
                name="only_released_grades_are_edited_or_have_a_released_rubric",
            ),
        ),
    ]
