"""Fill in by which rubric each grade was released.

Until now none meant "the one that the prompt has", so that levels of a rubric that came after the
release were shown as they were given. A grade that has not all of them was released without.
"""

from django.db import migrations
from django.db.models import Exists, F, OuterRef, Subquery


def fill_in(apps, schema_editor):
    Criterion, Grading, Prompt, Score = (
        apps.get_model("blog", name) for name in ("Criterion", "Grading", "Prompt", "Score")
    )
    criteria = Criterion.objects.filter(rubric=OuterRef("prompt__rubric"))
    scores = Score.objects.filter(criterion=OuterRef("pk"), grading=OuterRef(OuterRef("pk")))
    complete = Grading.objects.filter(
        Exists(criteria),
        ~Exists(criteria.exclude(Exists(scores))),
        released_at__isnull=False,
        released_rubric=None,
    )
    rubric = Prompt.objects.filter(pk=OuterRef("prompt")).values("rubric")
    Grading.objects.filter(pk__in=list(complete.values_list("pk", flat=True))).update(
        released_rubric=Subquery(rubric)
    )


def take_out(apps, schema_editor):
    """Take out the rubrics that the prompts have now, which none stood for."""
    Grading = apps.get_model("blog", "Grading")
    same = Grading.objects.filter(released_rubric=F("prompt__rubric"))
    Grading.objects.filter(pk__in=list(same.values_list("pk", flat=True))).update(
        released_rubric=None
    )


class Migration(migrations.Migration):
    dependencies = [("blog", "0006_grades_keep_their_released_rubric")]

    operations = [migrations.RunPython(fill_in, take_out)]
