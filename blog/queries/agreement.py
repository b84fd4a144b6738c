"""Agreement of the graders of a prompt on each criterion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

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
from blog.models import (
    Criterion,
    Grading,
    GradingEvent,
    Prompt,
    Score,
    SecondGrading,
    Settlement,
    User,
)

Positions = dict[tuple[int, int], int]  # grading and criterion → position of the level
Choice = tuple[datetime, dict[int, int | None]]  # when, and levels by criterion, None for none

# A slip of the finger that is corrected at once is no level that somebody chose.
TIME_TO_CORRECT = timedelta(minutes=1)


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
    """Agreement of first and second graders on one criterion."""

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
    """Return the agreement of first and second graders on each criterion; five queries.

    Only grades that were drawn count: a second look at those that seemed doubtful would make the
    rubric look worse than it is. Levels count as their graders had chosen them before they could
    see those of the other: neither settling nor a change of mind makes graders agree.
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
    criteria = list(criteria)
    positions = _positions_now(prompt, [grading.pk for pair in pairs for grading in pair])
    positions |= _positions_then(criteria, pairs)
    return [_agreement(criterion, pairs, positions, graders) for criterion in criteria]


def _positions_now(prompt: Prompt, gradings: list[int]) -> Positions:
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


def _positions_then(criteria: list[Criterion], pairs: list[tuple[Grading, Grading]]) -> Positions:
    """Return the positions of the levels that the history has from when two gradings were done.

    From then on their graders may have seen what the other chose, and changed their own.
    """
    choices = _choices_of([grading.pk for pair in pairs for grading in pair])
    positions = {level.pk: level.position for each in criteria for level in each.levels.all()}
    keys = {criterion.pk for criterion in criteria}
    then = {}
    for first, second in pairs:
        done_at = _done_at(choices[second.pk], keys)
        if done_at is None:
            continue
        for grading in (first, second):
            levels = _chosen_by(choices[grading.pk], done_at + TIME_TO_CORRECT)
            for criterion in keys & levels.keys():
                if levels[criterion] in positions:
                    then[grading.pk, criterion] = positions[levels[criterion]]
    return then


def _choices_of(gradings: list[int]) -> dict[int, list[Choice]]:
    """Return the levels in the history of gradings that their own graders chose."""
    choices: dict[int, list[Choice]] = {pk: [] for pk in gradings}
    events = GradingEvent.objects.filter(
        grading__in=gradings, kind=GradingEvent.Kind.SAVED, changes__has_key="levels"
    )
    for grading, at, changes in events.order_by("pk").values_list("grading", "at", "changes"):
        before, after = (levels or {} for levels in changes["levels"])
        changed = {int(key): level for key, level in after.items() if before.get(key) != level}
        removed = {int(key): None for key in before if key not in after}
        choices[grading].append((at, changed | removed))
    return choices


def _chosen_by(choices: list[Choice], moment: datetime) -> dict[int, int]:
    """Return the levels that a grader had chosen by a moment, by criterion."""
    levels: dict[int, int | None] = {}
    for at, changed in choices:
        if at <= moment:
            levels |= changed
    return {criterion: level for criterion, level in levels.items() if level is not None}


def _done_at(choices: list[Choice], criteria: set[int]) -> datetime | None:
    """Return the first time at which a grading had a level for each criterion."""
    for at, _changed in choices:
        if criteria <= _chosen_by(choices, at).keys():
            return at
    return None


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
