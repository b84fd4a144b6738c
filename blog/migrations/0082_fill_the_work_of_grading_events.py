"""Fill in whose work each grading event is about. All have a grading still."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill_work(apps, schema_editor):
    grading = apps.get_model("blog", "Grading").objects.filter(pk=OuterRef("grading"))
    apps.get_model("blog", "GradingEvent").objects.update(
        prompt=Subquery(grading.values("prompt")),
        student=Subquery(grading.values("student")),
        grading_kind=Subquery(grading.values("kind")),
    )


def delete_orphans(apps, schema_editor):
    """Delete events without a grading: before, an event belongs to one and goes with it."""
    gradings = apps.get_model("blog", "Grading").objects.values("pk")
    apps.get_model("blog", "GradingEvent").objects.exclude(grading__in=gradings).delete()


class Migration(migrations.Migration):
    dependencies = [("blog", "0081_grading_events_name_the_work")]

    operations = [migrations.RunPython(fill_work, delete_orphans)]
