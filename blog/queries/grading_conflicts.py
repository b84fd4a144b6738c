"""Differences between graders of a prompt that nobody has settled."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q

from blog.models import Criterion, Grading, Level, Prompt, Score, Settlement, User, shown_name
from blog.models.grading import GradingQuerySet


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

    @property
    def form_id(self) -> str:
        """Return the id of its form: on the desk the buttons are in another form."""
        return f"settle-{self.grading.pk}-{self.criterion.pk}"


def unsettled(prompt: Prompt) -> list[Conflict]:
    """Return the conflicts to settle before a release, by student; two queries.

    A grade of record that an instructor chose is settled as a whole. Grades of posts are compared
    with each other, and so are those of comments.
    """
    return unsettled_in([prompt])


def unsettled_in(prompts: Collection[Prompt]) -> list[Conflict]:
    """Return the conflicts of ``unsettled`` for some prompts; two queries too."""
    return _conflicts_in(Grading.objects.filter(prompt__in=prompts))


def unsettled_of(prompt: Prompt, student: User, kind: str) -> list[Conflict]:
    """Return the conflicts of ``unsettled`` for one student's work of a kind; two queries too."""
    return _conflicts_in(Grading.objects.of_kind(kind).answering(prompt).filter(student=student))


def _conflicts_in(gradings: GradingQuerySet) -> list[Conflict]:
    with_levels = gradings.with_levels()
    others = with_levels.filter(of_record=False)
    complete = gradings.with_every_level().filter(student__in=others.values("student"))
    by_present_rubric = Q(
        grading__kind=Grading.Kind.POST, criterion__rubric=F("grading__prompt__rubric")
    ) | Q(
        grading__kind=Grading.Kind.COMMENTS,
        criterion__rubric=F("grading__prompt__comments_rubric"),
    )
    scores: dict[tuple[int, int, str, int], list[Score]] = {}
    for score in (
        Score.objects.filter(by_present_rubric, grading__in=complete)
        .select_related(
            "level", "criterion", "grading__grader", "grading__student", "grading__post"
        )
        .order_by(
            shown_name("grading__student__"),
            "grading__student",
            "-grading__kind",
            "criterion__position",
            "pk",
        )
    ):
        grading = score.grading
        same = (grading.prompt_id, grading.student_id, grading.kind, score.criterion_id)
        scores.setdefault(same, []).append(score)
    settled = {
        (each.grading_id, each.criterion_id): each.level_id
        for each in Settlement.objects.filter(grading__in=gradings)
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
