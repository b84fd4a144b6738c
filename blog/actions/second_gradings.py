"""Second gradings: draw a sample of grades for them, and settle what graders differ on."""

import secrets
from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.agreement import draw_sample
from blog.exceptions import Refused, StaleGrading, StaleRubric
from blog.models import (
    AuditEvent,
    Criterion,
    Grading,
    GradingEvent,
    Level,
    Prompt,
    Score,
    SecondGrading,
    SecondGradingDraw,
    Settlement,
    User,
    announce_edit,
)
from blog.models.grading_events import titles_of
from blog.queries.second_gradings import drawable_grades, graders_of

SEEDS = 2**31  # what every database's integer holds


def draw_second_gradings(prompt: Prompt, *, by: User, size: int) -> list[SecondGrading]:
    """Draw up to ``size`` grades of a prompt for second gradings, and say who gives them.

    Drawn by section or pod and by first grader, with a seed that is stored. Nobody is told but the
    second graders, who find the posts first in their queue. Refused if there is nothing to draw.
    """
    access.require(
        access.can_compare_graders(by, prompt.course),
        _("Only instructors can ask for second gradings."),
    )
    with transaction.atomic():
        prompt.lock()
        if prompt.rubric_id is None:
            raise Refused(_("Second gradings compare levels, and this prompt has no rubric."))
        if graders_of(prompt).count() < 2:
            raise Refused(_("Nobody else in this course can grade. Add an assistant first."))
        seed = secrets.randbelow(SEEDS)
        load = Counter(SecondGrading.objects.answering(prompt).values_list("grader", flat=True))
        sample = draw_sample(drawable_grades(prompt, by), size, seed=seed, load=load)
        if not sample:
            raise Refused(
                _("There is no grade to draw: grade some posts first, and do not release them yet.")
            )
        draw = SecondGradingDraw.objects.create(prompt=prompt, seed=seed, drawn_by=by)
        drawn = SecondGrading.objects.bulk_create(
            SecondGrading(draw=draw, first_id=first, grader_id=grader)
            for first, grader in sorted(sample.items())
        )
        AuditEvent.record(
            "second_gradings_drawn", prompt, by=by, course=prompt.course, n=len(drawn), seed=seed
        )
    return drawn


def take_back_second_gradings(prompt: Prompt, *, by: User) -> int:
    """Ask no more for the second gradings that are not done; return how many those were."""
    access.require(
        access.can_compare_graders(by, prompt.course),
        _("Only instructors can take back second gradings."),
    )
    with transaction.atomic():
        prompt.lock()
        due = list(SecondGrading.objects.answering(prompt).due().values_list("pk", flat=True))
        SecondGrading.objects.filter(pk__in=due).delete()
        if due:
            AuditEvent.record(
                "second_gradings_taken_back", prompt, by=by, course=prompt.course, n=len(due)
            )
    return len(due)


def settle_criterion(
    grading: Grading, criterion: Criterion, level: Level, *, by: User, instead_of: int
) -> None:
    """Settle the level of one criterion of a grade of record: the one it has, or another.

    ``instead_of`` is the key of the level that the page showed; StaleGrading if it is another one
    by now. What the grader had chosen is kept for the agreement of graders. An edit that the
    student sees is dated, and they get a mail about it.
    """
    access.require(
        access.can_compare_graders(by, grading.prompt.course),
        _("Only instructors can settle what graders differ on."),
    )
    with transaction.atomic():
        prompt = grading.prompt
        prompt.lock()
        grading.refresh_from_db()
        score = _score_to_settle(grading, criterion, level, instead_of)
        Settlement.objects.update_or_create(
            grading=grading,
            criterion=criterion,
            defaults={"level": level, "settled_by": by, "settled_at": timezone.now()},
            create_defaults={
                "level": level,
                "former_level": score.level,
                "settled_by": by,
            },
        )
        changes = {
            "levels": [{str(criterion.pk): key} for key in (instead_of, level.pk)],
            "titles": titles_of(criterion, score.level, level),
        }
        _set_level(grading, score, level)
        GradingEvent.of(grading, by=by, kind=GradingEvent.Kind.SETTLED, changes=changes).save()
        AuditEvent.record(
            "criterion_settled",
            grading,
            by=by,
            course=prompt.course,
            criterion=criterion.pk,
            old=instead_of,
            new=level.pk,
        )


def _score_to_settle(
    grading: Grading, criterion: Criterion, level: Level, instead_of: int
) -> Score:
    """Return the score of a grade of record, or refuse what does not fit the prompt or the page."""
    if criterion.rubric_id != grading.rubric_key:
        raise StaleRubric(_("The rubric was changed in the meantime. Check the grades again."))
    if level.criterion_id != criterion.pk:
        raise Refused(_("This level does not belong to the criterion."))
    score = grading.scores.select_related("level").filter(criterion=criterion).first()
    if not grading.of_record or score is None or score.level_id != instead_of:
        raise StaleGrading(
            _("The grade was changed in the meantime. Nothing is settled yet: check it again.")
        )
    return score


def _set_level(grading: Grading, score: Score, level: Level) -> None:
    """Give a grade of record another level, as a save by its grader would."""
    if score.level_id == level.pk:
        return
    before = grading.seen_by_student()
    score.level, score.version = level, score.version + 1
    score.save(update_fields=["level", "version"])
    grading.version += 1
    grading.updated_at = timezone.now()
    grading.save(update_fields=["version", "updated_at"])
    if grading.is_released and before != grading.seen_by_student():
        announce_edit([grading])
