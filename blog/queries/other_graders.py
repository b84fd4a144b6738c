"""Levels that other graders chose for a student, to show a difference where it arises."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from blog.models import Grading, Prompt, Score, User, name_for
from blog.queries.second_gradings import students_due_from


@dataclass(frozen=True)
class OthersLevel:
    """The level of another grader for a criterion: whose, its position, and what it is called."""

    name: str
    position: int
    title: str


def levels_of_others(
    prompt: Prompt, student: User, kind: str, reader: User
) -> dict[int, list[OthersLevel]]:
    """Return by the key of each criterion what others have chosen for a student; two queries.

    Nothing for a reader who is to grade this student without knowing what others think.
    """
    if kind == Grading.Kind.POST and student.pk in students_due_from(prompt, reader):
        return {}
    scores = (
        Score.objects.filter(
            grading__in=prompt.gradings.of_kind(kind).with_levels().filter(student=student),
            criterion__rubric=prompt.rubric_for(kind),
        )
        .exclude(grading__grader=reader)
        .select_related("level", "grading__grader")
        .order_by("grading")
    )
    return levels_by_criterion(scores, reader)


def levels_by_criterion(scores: Iterable[Score], reader: User) -> dict[int, list[OthersLevel]]:
    """Return scores by the key of their criterion, each with the name of its grader."""
    levels = defaultdict(list)
    for score in scores:
        name = name_for(score.grading.grader, reader)
        levels[score.criterion_id].append(
            OthersLevel(name, score.level.position, score.level.title)
        )
    return dict(levels)
