"""Draw the number that each student has in the grading queue of each prompt."""

from random import SystemRandom

from django.db import migrations

MIN_NUMBERS = 99


def draw(apps, schema_editor):
    Prompt, QueuePlace, Membership = (
        apps.get_model("blog", name) for name in ("Prompt", "QueuePlace", "Membership")
    )
    for prompt in Prompt.objects.all():
        places = QueuePlace.objects.filter(prompt=prompt)
        students = (
            Membership.objects.filter(course=prompt.course_id, role="student")
            | Membership.objects.filter(
                course=prompt.course_id, user__gradings_received__prompt=prompt
            )
        ).exclude(user__in=places.values("student"))
        waiting = list(students.values_list("user", flat=True).distinct())
        taken = set(places.values_list("number", flat=True))
        highest = max(MIN_NUMBERS, 2 * (len(taken) + len(waiting)))
        free = [number for number in range(1, highest + 1) if number not in taken]
        QueuePlace.objects.bulk_create(
            QueuePlace(prompt=prompt, student_id=student, number=number)
            for student, number in zip(
                waiting, SystemRandom().sample(free, len(waiting)), strict=True
            )
        )


class Migration(migrations.Migration):
    dependencies = [("blog", "0045_grading_events_are_only_added")]

    operations = [migrations.RunPython(draw, migrations.RunPython.noop)]
