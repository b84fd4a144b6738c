"""Measure how long a grader takes, for themselves alone. There is no audit event."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.models import Grading, GradingTime, Prompt, User
from blog.models.grading_times import MAX_SECONDS


def add_grading_time(
    prompt: Prompt, student: User, seconds: int, *, by: User, kind: str = Grading.Kind.POST
) -> None:
    """Add the seconds of a save to those of earlier ones for this student, two hours at most.

    Those for a post and those for comments are apart.
    Nothing is stored for whoever does not want to be measured.
    """
    access.require(access.can_grade(by, prompt.course), _("Only the teaching team can grade."))
    if seconds <= 0 or not by.times_grading:
        return
    with transaction.atomic():
        times = GradingTime.objects.select_for_update(no_key=True)
        time, is_new = times.get_or_create(
            grader=by,
            prompt=prompt,
            student=student,
            kind=kind,
            defaults={"seconds": min(seconds, MAX_SECONDS)},
        )
        if not is_new:
            time.seconds = min(time.seconds + seconds, MAX_SECONDS)
            time.measured_at = timezone.now()
            time.save(update_fields=["seconds", "measured_at"])


def choose_grading_times(person: User, *, by: User, is_on: bool) -> None:
    """Measure somebody's time on the grading desk from now on, or no more; the figures stay."""
    access.require(access.can_change_own_choices(by, person))
    User.objects.filter(pk=person.pk).update(times_grading=is_on)


def delete_grading_times(person: User, *, by: User) -> int:
    """Delete all that was measured of somebody; return of how many students that was."""
    access.require(access.can_change_own_choices(by, person))
    return GradingTime.objects.filter(grader=person).delete()[0]
