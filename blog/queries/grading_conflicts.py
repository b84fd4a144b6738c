"""Where graders of a prompt differ, and nobody has settled it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from blog.models import Criterion, Grading, Level, Prompt, Score, Settlement


@dataclass(frozen=True)
class Conflict:
    """A criterion on which complete gradings of one student differ, and nobody has settled it.

    ``grading`` is the grade of record and ``level`` its level, which counts until somebody settles
    the criterion. ``others`` has those who chose another level.
    """

    grading: Grading
    criterion: Criterion
    level: Level
    others: list[Score]


def unsettled(prompt: Prompt) -> list[Conflict]:
    """Return what somebody must settle before it is released, by student; two queries.

    A grade of record that an instructor chose is settled as a whole.
    """
    return unsettled_in([prompt])


def unsettled_in(prompts: Collection[Prompt]) -> list[Conflict]:
    """Return what ``unsettled`` tells of some prompts; two queries too."""
    gradings = Grading.objects.of_posts().filter(prompt__in=prompts)
    others = gradings.with_levels().filter(of_record=False)
    complete = gradings.with_every_level().filter(student__in=others.values("student"))
    scores: dict[tuple[int, int, int], list[Score]] = {}
    for score in (
        Score.objects.filter(grading__in=complete, criterion__rubric=F("grading__prompt__rubric"))
        .select_related(
            "level", "criterion", "grading__grader", "grading__student", "grading__post"
        )
        .order_by("grading__student__display_name", "grading__student", "criterion__position", "pk")
    ):
        grading = score.grading
        same = (grading.prompt_id, grading.student_id, score.criterion_id)
        scores.setdefault(same, []).append(score)
    settled = {
        (each.grading_id, each.criterion_id): each.level_id
        for each in Settlement.objects.filter(grading__prompt__in=prompts)
    }
    conflicts = (_conflict(same) for same in scores.values())
    return [
        each
        for each in conflicts
        if each and settled.get((each.grading.pk, each.criterion.pk)) != each.level.pk
    ]


def _conflict(scores: list[Score]) -> Conflict | None:
    """Return the conflict between the scores of one student and criterion, if there is one."""
    of_record = next((score for score in scores if score.grading.of_record), None)
    if of_record is None or of_record.grading.is_chosen:
        return None
    others = [score for score in scores if score.level_id != of_record.level_id]
    if not others:
        return None
    return Conflict(of_record.grading, of_record.criterion, of_record.level, others)
