"""Leave one member of a course of an LMS to each of its keys: whose account it leads to, else the
first. Whoever disconnected an account was a member by its key all the same.
"""

from django.db import migrations
from django.db.models import Count


def delete_others(apps, schema_editor):
    members = apps.get_model("blog", "PlatformMember").objects
    accounts = apps.get_model("blog", "PlatformAccount").objects
    shared = members.values_list("platform_course", "subject").annotate(n=Count("pk"))
    for course, subject, _count in shared.filter(n__gt=1):
        there = members.filter(platform_course=course, subject=subject).order_by("pk")
        issuer = there[0].platform_course.deployment.platform.issuer
        account = accounts.filter(issuer=issuer, subject=subject).first()
        found = there.filter(user=account.user_id).first() if account else None
        there.exclude(pk=(found or there[0]).pk).delete()


class Migration(migrations.Migration):
    dependencies = [("blog", "0104_numbers_of_people_are_as_long_as_keys")]

    operations = [migrations.RunPython(delete_others, migrations.RunPython.noop)]
