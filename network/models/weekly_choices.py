"""Weekly choices: the posts that a student is offered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models import Course


class WeeklyChoice(models.Model):
    """A student's posts to read in a week, as chosen when that began (ADR 0038).

    ``picks`` is a list of ``[post, reason, work, own_work, peer]``, in their order. The row of a
    week takes the place of the one before. It is for that student alone.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week = models.DateField(help_text=_("The Monday on which it began, in the course’s zone."))
    picks = models.JSONField(default=list)

    class Meta:
        verbose_name = _("posts that a student is offered")
        verbose_name_plural = _("posts that students are offered")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "student"], name="one_weekly_choice_per_course_and_student"
            ),
        ]

    def __str__(self):
        return f"{self.course_id}: {self.student_id}, {self.week}"

    @classmethod
    def store(cls, course: Course, student, week, picks) -> None:
        """Store the chosen posts, unless somebody has stored this week’s meanwhile."""
        row = {"week": week, "picks": [list(pick) for pick in picks]}
        choice, is_new = cls.objects.get_or_create(course=course, student=student, defaults=row)
        if not is_new and choice.week < week:
            cls.objects.filter(pk=choice.pk, week__lt=week).update(**row)
