"""Places in the grading queue of a prompt."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models.prompts import Prompt


class QueuePlace(models.Model):
    """A student's random number in the grading queue of a prompt, drawn once."""

    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="queue_places")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="queue_places"
    )
    number = models.PositiveSmallIntegerField()

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
