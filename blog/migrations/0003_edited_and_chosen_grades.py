"""Fill in which released grades were edited, and which grades of record were chosen."""

from django.db import migrations
from django.db.models import F


def fill_in(apps, schema_editor):
    Grading = apps.get_model("blog", "Grading")
    AuditEvent = apps.get_model("blog", "AuditEvent")
    Grading.objects.filter(released_at__isnull=False, updated_at__gt=F("released_at")).update(
        edited_at=F("updated_at")
    )
    events = AuditEvent.objects.filter(action="grade_chosen", target__startswith="grading:")
    chosen = [target.partition(":")[2] for target in events.values_list("target", flat=True)]
    Grading.objects.filter(pk__in=chosen, of_record=True).update(is_chosen=True)


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_grades_keep_an_earlier_rubric")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
