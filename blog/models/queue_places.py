"""Places in the grading queue of a prompt."""

from collections.abc import Collection
from datetime import datetime
from random import SystemRandom

from django.conf import settings
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from blog.models.memberships import Membership
from blog.models.prompts import Prompt

MIN_NUMBERS = 99  # at least so many are drawn from, so that a small course's say little


class QueuePlace(models.Model):
    """A student's random number in the grading queue of a prompt, drawn once.

    It is the student's address on the grading desk, and says nothing of the name.
    """

    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="queue_places")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="queue_places"
    )
    number = models.PositiveSmallIntegerField()

    # Annotated by ``places_to_grade``: the end of its student's extension.
    extended_until: datetime | None = None

    class Meta:
        verbose_name = _("number in a grading queue")
        verbose_name_plural = _("numbers in grading queues")
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "student"], name="one_queue_place_per_prompt_and_student"
            ),
            models.UniqueConstraint(
                fields=["prompt", "number"], name="one_student_per_prompt_and_queue_number"
            ),
        ]

    def __str__(self):
        return f"{self.prompt}: {self.number}"


def draw_queue_places(prompts: Collection[Prompt], students: Collection[int]) -> None:
    """Draw a number for each of the students (keys) who has none yet for one of the prompts.

    Two draws at once may hit on one number: what did not get in is drawn again.
    """
    while missing := _without_place(prompts, students):
        taken: dict[int, set[int]] = {prompt: set() for prompt in missing}
        places = QueuePlace.objects.filter(prompt__in=missing)
        for prompt, number in places.values_list("prompt", "number"):
            taken[prompt].add(number)
        QueuePlace.objects.bulk_create(
            [
                QueuePlace(prompt_id=prompt, student_id=student, number=number)
                for prompt, waiting in missing.items()
                for student, number in zip(waiting, _draw(waiting, taken[prompt]), strict=True)
            ],
            ignore_conflicts=True,
        )


def _without_place(prompts: Collection[Prompt], students: Collection[int]) -> dict[int, list[int]]:
    """Return the students without a number by prompt, all as keys; no prompt without any."""
    places = QueuePlace.objects.filter(prompt__in=prompts, student__in=students)
    stored = set(places.values_list("prompt", "student"))
    missing = {
        prompt.pk: [student for student in students if (prompt.pk, student) not in stored]
        for prompt in prompts
    }
    return {prompt: waiting for prompt, waiting in missing.items() if waiting}


def _draw(students: Collection[int], taken: set[int]) -> list[int]:
    """Return a random number that is not taken for each student, from twice as many as needed."""
    highest = max(MIN_NUMBERS, 2 * (len(taken) + len(students)))
    free = [number for number in range(1, highest + 1) if number not in taken]
    return SystemRandom().sample(free, len(students))


@receiver(post_save, sender=Membership)
def draw_for_student(instance: Membership, raw: bool = False, **kwargs) -> None:
    """Give whoever becomes a student a number for each prompt of the course."""
    if instance.is_student and not raw:
        draw_queue_places(Prompt.objects.filter(course=instance.course_id), [instance.user_id])


@receiver(post_save, sender=Prompt)
def draw_for_prompt(instance: Prompt, created: bool, raw: bool = False, **kwargs) -> None:
    """Give each student of the course a number for a new prompt."""
    if created and not raw:
        students = Membership.objects.filter(course=instance.course_id).students()
        draw_queue_places([instance], list(students.values_list("user", flat=True)))
