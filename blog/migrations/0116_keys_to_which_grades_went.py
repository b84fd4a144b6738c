"""Store under which key an LMS has the grades that were sent before it was noted (0111).

That is the key which it has for the student now: earlier ones nobody knows.
"""

import hashlib

from django.db import migrations


def note_keys(apps, schema_editor):
    members = apps.get_model("blog", "PlatformMember").objects
    subjects = {
        (course, user): subject
        for course, user, subject in members.values_list("platform_course", "user", "subject")
    }
    scores = apps.get_model("blog", "PlatformScore").objects
    found = scores.filter(sent_at__isnull=False, sent_to="").select_related("line_item")
    rows = []
    for row in found:
        subject = subjects.get((row.line_item.platform_course_id, row.student_id))
        if subject is not None:
            row.sent_to = f"{hashlib.sha256(subject.encode()).hexdigest()} "
            rows.append(row)
    scores.bulk_update(rows, ["sent_to"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("blog", "0115_links_of_before_find_their_prompts")]

    operations = [migrations.RunPython(note_keys, migrations.RunPython.noop)]
