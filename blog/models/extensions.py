"""Extensions: a later due date for one student."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExtensionQuerySet(models.QuerySet):
    def current(self):
        """Return the extensions without those that were taken back."""
        return self.filter(taken_back_at=None)


class Extension(models.Model):
    """More time for a student's post for a prompt, given by an instructor, until a minute.

    It moves that student's due date and nothing else: comments are due when they are for all. One
    that ends before the due date has no effect. The row of one that was taken back stays: calendars
    count its changes.
    """

    prompt = models.ForeignKey("blog.Prompt", models.CASCADE, related_name="extensions")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="extensions")
    until = models.DateTimeField(_("until"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="extensions_given"
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.IntegerField(default=1, editable=False)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.UniqueConstraint(
                fields=["prompt", "student"], name="one_extension_per_prompt_and_student"
            ),
        ]

    def __str__(self):
        return f"{self.prompt_id}: {self.student_id}"

    def get_absolute_url(self):
        return self.prompt.get_absolute_url()


def extended_until(prompt: str, student) -> Subquery:
    """Return until when a student has more time for the prompt of a row, or null.

    ``prompt`` is the row's key of the prompt; ``student`` a person, or an OuterRef to their key.
    """
    rows = Extension.objects.current().filter(prompt=OuterRef(prompt), student=student)
    return Subquery(rows.values("until")[:1])
