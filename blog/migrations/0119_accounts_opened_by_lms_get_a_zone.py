"""Give accounts that an LMS has opened the time zone of their first course, where they have none.

They were opened with that of the site's default, which nobody had chosen.
"""

from django.db import migrations


def take_zones(apps, schema_editor):
    people = apps.get_model("blog", "User").objects
    memberships = apps.get_model("blog", "Membership").objects
    opened = apps.get_model("blog", "AuditEvent").objects.filter(action="account_opened_by_lms")
    keys = [int(target.partition(":")[2]) for target in opened.values_list("target", flat=True)]
    for person in people.filter(pk__in=keys, time_zone="UTC", erased_at=None):
        first = memberships.filter(user=person).select_related("course").order_by("pk").first()
        if first is not None and first.course.time_zone != "UTC":
            people.filter(pk=person.pk, time_zone="UTC").update(time_zone=first.course.time_zone)


class Migration(migrations.Migration):
    dependencies = [("blog", "0118_one_connected_course_per_context")]

    operations = [migrations.RunPython(take_zones, migrations.RunPython.noop)]
