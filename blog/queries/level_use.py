"""Use of each level of a prompt's rubrics, in numbers and without names."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count

from blog.models import Criterion, Grading, Level, Prompt, Score

# With fewer grades a figure would say who has which level, or say nothing.
MIN_GRADES = 5


@dataclass(frozen=True)
class LevelUse:
    """A level, and how many grades of record have it."""

    level: Level
    count: int
    percent: int  # of the grades with a level of this criterion


@dataclass(frozen=True)
class CriterionUse:
    """A criterion with the use of its levels; ``levels`` is empty for fewer than MIN_GRADES."""

    criterion: Criterion
    grades: int
    levels: list[LevelUse]

    @property
    def unused(self) -> list[Level]:
        return [use.level for use in self.levels if not use.count]


def level_use(
    prompt: Prompt, kind: str, criteria: Iterable[Criterion], *, hidden: Collection[int] = ()
) -> list[CriterionUse]:
    """Return the criteria of the rubric for a kind with the use of their levels; one query.

    ``hidden`` has the students whose levels its reader must not work out before they have graded
    the same work.
    """
    graded = Grading.objects.of_kind(kind).answering(prompt).of_record().with_levels()
    graded = graded.exclude(student__in=hidden)
    rubric = prompt.rubric_for(kind)
    counts = dict(
        Score.objects.filter(grading__in=graded, criterion__rubric=rubric)
        .order_by()
        .values_list("level")
        .annotate(n=Count("pk"))
    )
    return [_use(criterion, counts) for criterion in criteria]


def _use(criterion: Criterion, counts: dict[int, int]) -> CriterionUse:
    levels = [(level, counts.get(level.pk, 0)) for level in criterion.levels.all()]
    grades = sum(count for _, count in levels)
    if grades < MIN_GRADES:
        return CriterionUse(criterion, grades, [])
    used = [LevelUse(level, count, round(100 * count / grades)) for level, count in levels]
    return CriterionUse(criterion, grades, used)
