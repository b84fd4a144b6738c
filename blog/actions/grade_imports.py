"""Import a table of grades: keep it, write what it changes, take that back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.releases import hold_back_unready
from blog.exceptions import Refused
from blog.models import (
    IMPORTED_REASON,
    AuditEvent,
    Course,
    GradeImport,
    Grading,
    GradingEvent,
    GradingPart,
    Prompt,
    User,
    announce_edit,
)
from blog.models.grading_saves import delete_grading, is_kept
from blog.queries.grade_import import ImportCell, import_preview, read_grade_import

FIELDS = ("status", "override_hundredths", "override_reason")


def start_grade_import(course: Course, *, by: User, data: bytes, name: str = "") -> GradeImport:
    """Keep a table of grades to look at; no grade is changed. Raise TableRefused if it is none."""
    access.require(access.can_change_gradebook(by, course))
    started = GradeImport(course=course, created_by=by, data=data, name=name[:200])
    read_grade_import(started)
    with transaction.atomic():
        started.save()
        AuditEvent.record("grade_import_started", started, by=by, course=course)
    return started


def import_grades(grade_import: GradeImport, *, by: User) -> GradeImport:
    """Write the grades of a table that differ from the stored ones; a second time is no more.

    What is written is what ``import_preview`` shows, asked again with the prompts locked: a grade
    that was changed since the table was exported stays as it is. The file is deleted. Raise Refused
    where nothing is left to write.
    """
    access.require(access.can_change_gradebook(by, grade_import.course))
    course = grade_import.course
    with transaction.atomic():
        _lock_prompts(course)
        stored = GradeImport.objects.select_for_update(of=("self",)).get(pk=grade_import.pk)
        if stored.imported_at is not None:
            return stored
        preview = import_preview(stored, by)
        if not preview.changed:
            raise Refused(_("This file changes no grade."))
        changes = [_write(cell, by=by) for cell in preview.changed]
        stored.changes = {"gradings": changes}
        stored.imported_at = timezone.now()
        stored.data = b""
        stored.save(update_fields=["changes", "imported_at", "data"])
        AuditEvent.record(
            "grades_imported", stored, by=by, course=course, cells=dict(preview.counts)
        )
    return stored


def undo_grade_import(grade_import: GradeImport, *, by: User) -> GradeImport:
    """Restore grades to their state before an import; later changes stay.

    ``changes["stayed"]`` counts those. A second time changes nothing.
    """
    access.require(access.can_change_gradebook(by, grade_import.course))
    course = grade_import.course
    with transaction.atomic():
        _lock_prompts(course)
        stored = GradeImport.objects.select_for_update(of=("self",)).get(pk=grade_import.pk)
        if not stored.can_be_undone:
            return stored
        changes = stored.changes["gradings"]
        stayed = sum(not _give_back(change, by=by) for change in changes)
        stored.changes = {**stored.changes, "stayed": stayed}
        stored.undone_at = timezone.now()
        stored.save(update_fields=["changes", "undone_at"])
        AuditEvent.record("grade_import_undone", stored, by=by, course=course, stayed=stayed)
    return stored


def _lock_prompts(course: Course) -> None:
    """Lock the prompts of a course, as whoever changes their grades does."""
    prompts = Prompt.objects.in_course(course).order_by("pk")
    list(prompts.select_for_update(no_key=True).values("pk"))


def _write(cell: ImportCell, *, by: User) -> dict:
    """Write one grade, and return what its undo needs."""
    assert cell.prompt
    assert cell.member
    grading = _begin_grading(cell.prompt, cell.member.user, cell.kind, by=by)
    is_new = grading.pk is None
    grading.of_record = True
    points = cell.read.grade.points
    values = {
        "status": Grading.Status.EXCUSED if points is None else Grading.Status.GRADED,
        "override_hundredths": None if points is None else int(points * 100),
        "override_reason": "" if points is None else IMPORTED_REASON,
    }
    before = _record_points(grading, values, by=by)
    if grading.is_planned:
        hold_back_unready(cell.prompt, cell.member.user, by=by)
    return {
        "pk": grading.pk,
        "is_new": is_new,
        "before": before,
        "version": grading.version,
    }


def _give_back(change: dict, *, by: User) -> bool:
    """Give a grade back its values; return whether nobody changed it since."""
    grading = (
        Grading.objects.select_related("prompt__course", "student").filter(pk=change["pk"]).first()
    )
    if grading is None or grading.version != change["version"]:
        return False
    if change["is_new"]:
        if is_kept(grading):
            return False
        delete_grading(grading, by=by)
        return True
    _record_points(grading, {name: change["before"][name] for name in FIELDS}, by=by)
    return True


def _begin_grading(prompt: Prompt, student: User, kind: str, *, by: User) -> Grading:
    """Return the grade of record of a student, or a new one by somebody; their own goes on.

    The new one is not saved yet, and becomes the grade of record if there is none.
    """
    gradings = Grading.objects.answering(prompt).filter(student=student, kind=kind)
    found = gradings.filter(of_record=True).first() or gradings.filter(grader=by).first()
    if found is not None:
        found.prompt = prompt
        return found
    return Grading(prompt=prompt, student=student, grader=by, kind=kind, version=0, of_record=True)


def _record_points(grading: Grading, values: dict, *, by: User) -> dict:
    """Save other points, an excuse, or what was there before; return the values before.

    It is an event of the history, and a student who can read the grade is told of an edit. A window
    of the desk that shows the values before finds that they are others now.
    """
    before = {name: getattr(grading, name) for name in FIELDS}
    seen_before = grading.seen_by_student()
    for name, value in values.items():
        setattr(grading, name, value)
    grading.count_typed(GradingPart.RECORD)
    grading.version += 1
    grading.updated_at = timezone.now()
    grading.save()
    changes = {
        name: [before[name], getattr(grading, name)]
        for name in FIELDS
        if before[name] != getattr(grading, name)
    }
    GradingEvent.of(grading, by=by, kind=GradingEvent.Kind.IMPORTED, changes=changes).save()
    if grading.is_released and seen_before != grading.seen_by_student():
        announce_edit([grading])
    return before
