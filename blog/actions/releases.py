"""Release grades, and choose the grade of record."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Grading,
    GradingEvent,
    Prompt,
    User,
    announce_edit,
    announce_release,
    release_together,
)
from blog.queries.grading_queue import ready_for_release


def release_prompt(
    prompt: Prompt, *, by: User, shown: Collection[str] | None = None
) -> list[Grading]:
    """Release the complete grades of a prompt to their students, with one mail each.

    ``shown`` has the ``state_key`` of each grade that the page listed: what was completed or
    changed since then waits for somebody to look at it. Without it all are released.
    """
    access.require(access.can_release(by, prompt.course), _("Only instructors can release grades."))
    with transaction.atomic():
        prompt.lock()
        ready = ready_for_release(prompt)
        released = [each for each in ready if shown is None or each.state_key in shown]
        release_together(released, prompt, timezone.now())
        GradingEvent.objects.bulk_create(
            GradingEvent(grading=each, actor=by, kind=GradingEvent.Kind.RELEASED)
            for each in released
        )
        announce_release(released)
        AuditEvent.record("grades_released", prompt, by=by, course=prompt.course, n=len(released))
    return released


def choose_grade_of_record(grading: Grading, *, by: User) -> None:
    """Make a grading the grade of record, released if the old one was.

    No other grading takes over from it later. What a student can read already is never replaced by
    an incomplete grade.
    """
    access.require(
        access.can_release(by, grading.prompt.course),
        _("Only instructors can choose which grade counts."),
    )
    with transaction.atomic():
        prompt = grading.prompt
        prompt.lock()
        grading.refresh_from_db()
        gradings = Grading.objects.answering(prompt).filter(student=grading.student)
        old = gradings.of_record().filter(kind=grading.kind).exclude(pk=grading.pk).first()
        if old is not None:
            if old.released_at and not gradings.complete().contains(grading):
                raise Refused(
                    _("The student can read the other grade already, and this one is not complete.")
                )
            grading.take_over_from(old)
            if grading.is_released:
                announce_edit([grading])
        grading.of_record = grading.is_chosen = True
        grading.save(update_fields=["of_record", "is_chosen"])
        GradingEvent.objects.create(grading=grading, actor=by, kind=GradingEvent.Kind.COUNTS)
        AuditEvent.record("grade_chosen", grading, by=by, course=prompt.course)
