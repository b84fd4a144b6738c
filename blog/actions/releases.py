"""Release grades, now or on a date; take a release back; choose the grade of record."""

from collections.abc import Collection, Sequence
from datetime import datetime

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
    withdraw_announcement_of,
)
from blog.models.grading import GradingQuerySet
from blog.models.grading_saves import let_complete_grades_count
from blog.queries.grading_conflicts import unsettled
from blog.queries.grading_queue import ready_for_release


def release_prompt(
    prompt: Prompt,
    *,
    by: User,
    shown: Collection[str] | None = None,
    at: datetime | None = None,
) -> list[Grading]:
    """Release the complete grades of a prompt to their students, with one mail each.

    ``shown`` has the ``state_key`` of each grade that the page listed: what was completed or
    changed since then waits for somebody to look at it. Without it all are released. ``at`` is
    when they are released, if not now; whoever asks for a grade judges that, and no job does.
    """
    access.require(access.can_release(by, prompt.course), _("Only instructors can release grades."))
    _refuse_past(at)
    with transaction.atomic():
        prompt.lock()
        ready = ready_for_release(prompt)
        released = [each for each in ready if shown is None or each.state_key in shown]
        release_together(released, prompt, at or timezone.now())
        _record(released, GradingEvent.Kind.RELEASED, by=by, changes=_date_changes(None, at))
        announce_release(released)
        AuditEvent.record(
            "grades_released", prompt, by=by, course=prompt.course, n=len(released), **_told(at)
        )
    return released


def move_release(
    prompt: Prompt, planned_at: datetime, *, by: User, at: datetime | None
) -> list[Grading]:
    """Give another date to a release that is dated ahead; None releases its grades now.

    ``planned_at`` says which one. Refused once it is out, or taken back: the page was too old.
    """
    access.require(access.can_release(by, prompt.course), _("Only instructors can release grades."))
    _refuse_past(at)
    with transaction.atomic():
        prompt.lock()
        gradings = [each for each in _of_release(prompt, planned_at) if each.is_planned]
        if not gradings:
            raise Refused(
                _("This release is out or was taken back. Nothing was changed: reload the page.")
            )
        withdraw_announcement_of(gradings)
        moved_to = at or timezone.now()
        Grading.objects.filter(pk__in=[each.pk for each in gradings]).update(released_at=moved_to)
        for each in gradings:
            each.released_at = moved_to
        changes = _date_changes(planned_at, at)
        _record(gradings, GradingEvent.Kind.RELEASED, by=by, changes=changes)
        announce_release(gradings)
        AuditEvent.record(
            "release_moved", prompt, by=by, course=prompt.course, n=len(gradings), **_told(at)
        )
    return gradings


def take_back_release(prompt: Prompt, released_at: datetime, *, by: User) -> list[Grading]:
    """Take back the grades that were released at a moment, or cancel what is dated ahead.

    Their students see nothing of them any more, and mails that wait are not sent. Refused if there
    is no such release any more.
    """
    access.require(
        access.can_release(by, prompt.course), _("Only instructors can take back grades.")
    )
    with transaction.atomic():
        prompt.lock()
        gradings = _of_release(prompt, released_at)
        if not gradings:
            raise Refused(_("These grades were already taken back. No student sees them."))
        withdraw_announcement_of(gradings)
        release_together(gradings, prompt, None)
        _record(gradings, GradingEvent.Kind.TAKEN_BACK, by=by)
        AuditEvent.record(
            "release_taken_back", prompt, by=by, course=prompt.course, n=len(gradings)
        )
    return gradings


def hold_back_unready(prompt: Prompt, student: User, *, by: User) -> None:
    """Take a student's grades out of a release that is dated ahead if they are not ready any more.

    Graders differ on them now, so somebody has to settle them first; or an import left them
    without levels. Whoever changes grades calls this in their transaction, with the prompt locked.
    """
    access.require(access.can_grade(by, prompt.course))
    gradings = Grading.objects.answering(prompt).filter(student=student).of_record().planned()
    planned = list(gradings.select_related("student", "prompt__course"))
    if not planned:
        return
    complete = set(gradings.complete_as_released().values_list("pk", flat=True))
    ready = complete - {conflict.grading.pk for conflict in unsettled(prompt)}
    held_back = [each for each in planned if each.pk not in ready]
    withdraw_announcement_of(held_back)
    release_together(held_back, prompt, None)
    _record(held_back, GradingEvent.Kind.TAKEN_BACK, by=by)
    for each in held_back:
        AuditEvent.record("release_held_back", each, by=by, course=prompt.course)


def count_saved(
    grading: Grading, gradings: GradingQuerySet, *, by: User, is_recorded: bool = True
) -> None:
    """Let the saved grading count among a student's; the audit log has it if recorded.

    Whoever saves a grading calls this in their transaction, with the prompt locked.
    """
    access.require(access.can_grade(by, grading.prompt.course))
    let_complete_grades_count(gradings, by=by)
    hold_back_unready(grading.prompt, grading.student, by=by)
    if is_recorded:
        AuditEvent.record(
            "feedback_given", grading, by=by, course=grading.prompt.course, version=grading.version
        )


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
                raise Refused(_why_the_other_stays(old))
            grading.take_over_from(old)
            if grading.is_released:
                announce_edit([grading])
        grading.of_record = grading.is_chosen = True
        grading.save(update_fields=["of_record", "is_chosen"])
        GradingEvent.of(grading, by=by, kind=GradingEvent.Kind.COUNTS).save()
        AuditEvent.record("grade_chosen", grading, by=by, course=prompt.course)


def _why_the_other_stays(old: Grading) -> str:
    if old.is_planned:
        return _(
            "The release of the other grade already has a date, and this one is not "
            "complete. Complete it, or cancel the release first."
        )
    return _("The student can read the other grade already, and this one is not complete.")


def _refuse_past(at: datetime | None) -> None:
    if at is not None and at <= timezone.now():
        raise Refused(_("This time has passed. Choose a later one, or release now."), field="at")


def _of_release(prompt: Prompt, released_at: datetime) -> list[Grading]:
    """Return the grades of one release: those of the prompt with its moment."""
    gradings = Grading.objects.answering(prompt).filter(released_at=released_at)
    return list(
        gradings.select_related("student", "post", "prompt__course").order_by("-kind", "pk")
    )


def _record(
    gradings: Sequence[Grading], kind: str, *, by: User, changes: dict | None = None
) -> None:
    now = timezone.now()
    GradingEvent.objects.bulk_create(
        GradingEvent.of(each, by=by, kind=kind, changes=changes, at=now) for each in gradings
    )


def _date_changes(old: datetime | None, new: datetime | None) -> dict:
    """Return the change of a date, for the history; none of a release that has no date ahead."""
    if old is None and new is None:
        return {}
    return {"released_at": [moment and moment.isoformat() for moment in (old, new)]}


def _told(at: datetime | None) -> dict[str, str]:
    return {} if at is None else {"at": at.isoformat()}
