"""How far the graders of a prompt agree on each criterion."""

from collections.abc import Iterable
from dataclasses import dataclass

from blog.agreement import (
    Comparison,
    Estimate,
    coefficient_in_words,
    compare,
    in_words,
    krippendorff_alpha,
    percent_agreement,
    percent_in_words,
    weighted_kappa,
)
from blog.models import Criterion, Grading, Prompt, Score, SecondGrading, Settlement, User

Positions = dict[tuple[int, int], int]  # grading and criterion → position of the level


@dataclass(frozen=True)
class PairOfGraders:
    """Two graders, with their weighted kappa on what both have graded."""

    first: User
    second: User
    kappa: Estimate

    @property
    def words(self) -> str:
        return coefficient_in_words(self.kappa)


@dataclass(frozen=True)
class CriterionAgreement:
    """How far first and second graders agree on one criterion."""

    criterion: Criterion
    comparison: Comparison
    percent: Estimate
    alpha: Estimate
    pairs: list[PairOfGraders]

    @property
    def words(self) -> list[str]:
        return in_words(self.comparison, self.alpha)

    @property
    def percent_words(self) -> str:
        return percent_in_words(self.percent)

    @property
    def alpha_words(self) -> str:
        return coefficient_in_words(self.alpha)


def agreement_of(prompt: Prompt, criteria: Iterable[Criterion]) -> list[CriterionAgreement]:
    """Return the agreement of first and second graders on each criterion; four queries.

    Only grades that were drawn count: a second look at those that seemed doubtful would make the
    rubric look worse than it is. Levels that were settled count as their graders had chosen them.
    """
    drawn = SecondGrading.objects.answering(prompt).with_state().filter(is_done=True)
    gradings = Grading.objects.of_posts().answering(prompt)
    own = {
        (grading.student_id, grading.grader_id): grading
        for grading in gradings.filter(student__in=drawn.values("first__student"))
    }
    done = list(drawn.select_related("first__grader", "grader").order_by("pk"))
    pairs = [(each.first, own[each.first.student_id, each.grader_id]) for each in done]
    graders = {each.grader_id: each.grader for each in done}
    graders |= {first.grader_id: first.grader for first, _ in pairs}
    positions = _positions(prompt, [grading.pk for pair in pairs for grading in pair])
    return [_agreement(criterion, pairs, positions, graders) for criterion in criteria]


def _positions(prompt: Prompt, gradings: list[int]) -> Positions:
    """Return the position of each level that graders chose in some gradings, settled or not."""
    scores = Score.objects.filter(
        grading__in=Grading.objects.with_levels().filter(pk__in=gradings),
        criterion__rubric=prompt.rubric_id,
    )
    chosen = {
        (grading, criterion): position
        for grading, criterion, position in scores.values_list(
            "grading", "criterion", "level__position"
        )
    }
    settled = Settlement.objects.filter(grading__in=gradings)
    former = {
        (grading, criterion): position
        for grading, criterion, position in settled.values_list(
            "grading", "criterion", "former_level__position"
        )
    }
    return chosen | {key: position for key, position in former.items() if key in chosen}


def _agreement(
    criterion: Criterion,
    pairs: list[tuple[Grading, Grading]],
    positions: Positions,
    graders: dict[int, User],
) -> CriterionAgreement:
    units = []
    by_graders: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for pair in pairs:
        keys = {each.grader_id: (each.pk, criterion.pk) for each in pair}
        levels = {grader: positions[key] for grader, key in keys.items() if key in positions}
        if len(levels) < 2:
            continue
        low, high = sorted(levels)
        unit = (levels[low], levels[high])
        units.append(unit)
        by_graders.setdefault((low, high), []).append(unit)
    return CriterionAgreement(
        criterion,
        compare(units),
        percent_agreement(units),
        krippendorff_alpha(units),
        [
            PairOfGraders(graders[low], graders[high], weighted_kappa(both))
            for (low, high), both in sorted(by_graders.items())
        ],
    )
