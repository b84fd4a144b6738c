"""The words of a rubric: what they are to be, and which released grades show those that change."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog.models import Criterion, Grading, Level, Rubric, Score


@dataclass(frozen=True)
class LevelContent:
    """The words of a level of a criterion, and its points in hundredths."""

    title: str
    description: str
    hundredths: int


@dataclass(frozen=True)
class CriterionContent:
    """The words of a criterion, with its levels from the lowest, and its weight in hundredths."""

    title: str
    levels: tuple[LevelContent, ...]
    description: str = ""
    weight_hundredths: int = 100


def is_used(rubric: Rubric) -> bool:
    """Return whether somebody has graded with a rubric, so that only its words can change."""
    return rubric.pk is not None and Score.objects.filter(criterion__rubric=rubric).exists()


def has_other_points(rubric: Rubric, contents: Sequence[CriterionContent]) -> bool:
    """Return whether a rubric would have other criteria, points or weights, and not only words."""
    stored = [
        (criterion.weight_hundredths, [level.hundredths for level in criterion.levels.all()])
        for criterion in rubric.criteria.prefetch_related("levels")
    ]
    return stored != [
        (content.weight_hundredths, [level.hundredths for level in content.levels])
        for content in contents
    ]


def released_with_new_words(
    rubric: Rubric, contents: Sequence[CriterionContent]
) -> QuerySet[Grading]:
    """Return the released grades whose students read words of a used rubric that would change."""
    criteria: list[Criterion] = []
    levels: list[Level] = []
    stored = rubric.criteria.prefetch_related("levels")
    for criterion, content in zip(stored, contents, strict=True):
        if _differ(content.title, criterion.title):
            criteria.append(criterion)
        for level, words in zip(criterion.levels.all(), content.levels, strict=True):
            if _differ(words.title, level.title) or _differ(words.description, level.description):
                levels.append(level)
    shown = Score.objects.seen_by_student().filter(
        Q(criterion__in=criteria) | Q(level__in=levels), grading=OuterRef("pk")
    )
    return Grading.objects.of_record().released().filter(Exists(shown))


def _differ(words: str, stored: str) -> bool:
    """Return whether words are not those that are stored; line ends make no difference."""
    return words.splitlines() != stored.strip().splitlines()
