"""Write points into a grade of record. Part of the actions on imports of grades."""

from django.utils import timezone

from blog.models import Grading, GradingEvent, Prompt, User, announce_edit

FIELDS = ("status", "override_hundredths", "override_reason")


def begin_grading(prompt: Prompt, student: User, kind: str, *, by: User) -> Grading:
    """Return the grade of record of a student, or a new one by somebody; their own goes on.

    The new one is not saved yet, and becomes the grade of record if there is none.
    """
    gradings = Grading.objects.answering(prompt).filter(student=student, kind=kind)
    found = gradings.filter(of_record=True).first() or gradings.filter(grader=by).first()
    if found is not None:
        found.prompt = prompt
        return found
    return Grading(prompt=prompt, student=student, grader=by, kind=kind, version=0, of_record=True)


def record_points(grading: Grading, values: dict, *, by: User) -> dict:
    """Save other points, an excuse, or what was there before; return the values before.

    It is an event of the history, and a student who can read the grade is told of an edit.
    """
    before = {name: getattr(grading, name) for name in FIELDS}
    seen_before = grading.seen_by_student()
    for name, value in values.items():
        setattr(grading, name, value)
    grading.version += 1
    grading.updated_at = timezone.now()
    grading.save()
    changes = {
        name: [before[name], getattr(grading, name)]
        for name in FIELDS
        if before[name] != getattr(grading, name)
    }
    GradingEvent.objects.create(
        grading=grading, actor=by, kind=GradingEvent.Kind.IMPORTED, changes=changes
    )
    if grading.is_released and seen_before != grading.seen_by_student():
        announce_edit([grading])
    return before
