"""Change the rubric of a prompt, and announce new words of one."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused, StaleRubric
from blog.models import AuditEvent, Criterion, Level, Prompt, Rubric, User, announce_edit
from blog.queries.rubric_words import released_with


def change_rubric(
    prompt: Prompt, rubric: Rubric | None, *, by: User, instead_of: Rubric | None
) -> None:
    """Give a prompt another rubric, or none; every level stays stored.

    From now on a grade is complete or not by the new rubric. Released grades stay as their students
    see them, and no other grade becomes the grade of record. Raises StaleRubric if the prompt's
    rubric is no longer ``instead_of``.
    """
    access.require(
        access.can_edit_course(by, prompt.course), _("Only instructors can change the rubric.")
    )
    if rubric is not None and rubric.course_id != prompt.course_id:
        raise Refused(_("This rubric is not from this course."))
    with transaction.atomic():
        prompt.lock()
        if prompt.rubric_id == (rubric and rubric.pk):  # a second click
            return
        if prompt.rubric_id != (instead_of and instead_of.pk):
            raise StaleRubric(_("Somebody else has changed the rubric. Nothing was changed now."))
        prompt.rubric = rubric
        prompt.version += 1
        prompt.save(update_fields=["rubric", "version"])
        AuditEvent.record(
            "rubric_changed",
            prompt,
            by=by,
            course=prompt.course,
            old=instead_of and instead_of.pk,
            new=rubric and rubric.pk,
        )


def announce_new_words(
    rubric: Rubric, *, by: User, criteria: list[Criterion], levels: list[Level], expected_count: int
) -> None:
    """Date the released grades that show new words of a rubric, and mail their students.

    Goes into the transaction that stores the words, which holds the prompts' locks. Raises Refused
    unless ``expected_count``, the number of such grades that the page told of, is still right.
    """
    access.require(
        access.can_edit_course(by, rubric.course), _("Only instructors can change a rubric.")
    )
    with transaction.atomic():
        shown = released_with(criteria, levels)
        gradings = list(shown.select_related("student", "post", "prompt__course").order_by("pk"))
        if len(gradings) != expected_count:
            raise Refused(
                _("Grades were released meanwhile. Nothing is saved yet: save again to go on.")
            )
        announce_edit(gradings)
        AuditEvent.record("rubric_reworded", rubric, by=by, course=rubric.course, n=expected_count)
