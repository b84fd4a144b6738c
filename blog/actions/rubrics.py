"""Save rubrics, and change the rubric of a prompt."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused, StaleRubric
from blog.models import (
    AuditEvent,
    Criterion,
    Grading,
    Level,
    Prompt,
    Rubric,
    User,
    announce_edit,
    claim_version,
)
from blog.models.prompts import RUBRIC_FIELDS
from blog.models.uniqueness import unless_taken
from blog.queries.rubric_words import (
    CriterionContent,
    has_other_points,
    is_used,
    released_with_new_words,
)


def change_rubric(
    prompt: Prompt,
    rubric: Rubric | None,
    *,
    by: User,
    instead_of: Rubric | None,
    kind: str = Grading.Kind.POST,
) -> None:
    """Give a prompt another rubric for grades of a kind, or none; every level stays stored.

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
        present = prompt.rubric_for(kind)
        if present == rubric:  # a second click
            return
        if present != instead_of:
            raise StaleRubric(
                _(
                    "Someone else has changed the rubric. Your choice is not saved: check theirs, "
                    "then choose again."
                )
            )
        field = RUBRIC_FIELDS[kind]
        setattr(prompt, field, rubric)
        prompt.version += 1
        prompt.save(update_fields=[field, "version"])
        AuditEvent.record(
            "rubric_changed",
            prompt,
            by=by,
            course=prompt.course,
            kind=kind,
            old=instead_of and instead_of.pk,
            new=rubric and rubric.pk,
        )


def save_rubric(
    rubric: Rubric, *, by: User, criteria: Sequence[CriterionContent], released: int = 0
) -> Rubric:
    """Save a new or changed rubric with its criteria and levels.

    Raises StaleVersion if somebody else saved it since it was loaded. Of a rubric that was used for
    grading only the words can change: anything else is Refused. Released grades that show new words
    are dated, and their students get mail; Refused unless ``released``, the number of such
    grades of which the page told, is still right. Raises Taken if another rubric has its title.
    """
    access.require(
        access.can_edit_course(by, rubric.course), _("Only instructors can change a rubric.")
    )
    is_new = rubric.pk is None
    with unless_taken(rubric, "title"):
        if is_new:
            rubric.save()
        else:
            _lock(rubric)
        gradings = _gradings_with_new_words(rubric, criteria)
        if len(gradings) != released:
            raise Refused(
                _(
                    "Grades were released in the meantime. Nothing is saved yet: save again to "
                    "go on."
                )
            )
        if not is_new:
            claim_version(rubric)
            rubric.save(update_fields=["title"])
        _store(rubric, criteria)
        announce_edit(gradings)
        action = "rubric_created" if is_new else "rubric_edited"
        AuditEvent.record(action, rubric, by=by, course=rubric.course, released=released)
    return rubric


def _lock(rubric: Rubric) -> None:
    """Lock the prompts that were graded with a rubric, then its criteria: grading does the same."""
    graded = Grading.objects.filter(scores__criterion__rubric=rubric)
    prompts = Prompt.objects.filter(pk__in=graded.values("prompt"))
    list(prompts.select_for_update(no_key=True).order_by("pk").values("pk"))
    list(Criterion.objects.select_for_update().filter(rubric=rubric).order_by("pk").values("pk"))


def _gradings_with_new_words(rubric: Rubric, criteria: Sequence[CriterionContent]) -> list[Grading]:
    """Return the released grades that show new words of a rubric, or refuse more than words."""
    if not is_used(rubric):
        return []
    if has_other_points(rubric, criteria):
        raise Refused(
            _(
                "Someone has graded with this rubric in the meantime. Nothing is saved yet. "
                "Save again to see what can still change."
            )
        )
    shown = released_with_new_words(rubric, criteria)
    return list(shown.select_related("student", "post", "prompt__course").order_by("pk"))


def _store(rubric: Rubric, criteria: Sequence[CriterionContent]) -> None:
    """Store the criteria and levels of a rubric in their order; those beyond them are removed."""
    stored = list(rubric.criteria.prefetch_related("levels"))
    levels: list[Level] = []
    dropped: list[Level] = []
    for criterion in stored[len(criteria) :]:
        criterion.delete()
    for position, content in enumerate(criteria, start=1):
        is_stored = position <= len(stored)
        criterion = stored[position - 1] if is_stored else Criterion(rubric=rubric)
        criterion.position = position
        criterion.title = content.title
        criterion.description = content.description
        criterion.weight_hundredths = content.weight_hundredths
        criterion.save()
        if is_stored:
            dropped += criterion.levels.all()[len(content.levels) :]
        levels += [
            Level(criterion=criterion, position=number, **asdict(level))
            for number, level in enumerate(content.levels, start=1)
        ]
    if dropped:
        Level.objects.filter(pk__in=[level.pk for level in dropped]).delete()
    Level.objects.bulk_create(
        levels,
        update_conflicts=True,
        unique_fields=["criterion", "position"],
        update_fields=["title", "description", "hundredths"],
    )
