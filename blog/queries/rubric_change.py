"""Consequences for the grades of a prompt if it gets another rubric."""

from dataclasses import dataclass

from django.db.models import Count, Q

from blog.models import Grading, Prompt, Rubric, complete_by


@dataclass(frozen=True)
class RubricOption:
    """A rubric that a prompt can have, or None, and what its grades are by it.

    ``complete`` and ``incomplete`` count the grades of record that are not released.
    """

    rubric: Rubric | None
    complete: int
    incomplete: int

    @property
    def value(self) -> str:
        """Return the form's value for this option."""
        return str(self.rubric.pk) if self.rubric else ""


@dataclass(frozen=True)
class RubricChange:
    """The present rubric of a prompt, the others it can have, and its number of released grades."""

    present: RubricOption
    others: list[RubricOption]
    released: int


def rubric_change(prompt: Prompt, kind: str = Grading.Kind.POST) -> RubricChange:
    """Return the effect of each choice on the grades of a kind on a prompt; two queries."""
    offered = Rubric.objects.in_course(prompt.course).offered(besides=prompt.rubric_for(kind))
    rubrics: list[Rubric | None] = [None, *offered]
    released = Q(released_at__isnull=False)
    complete = {
        f"complete_{number}": Count("pk", filter=~released & complete_by(rubric and rubric.pk))
        for number, rubric in enumerate(rubrics)
    }
    counts = (
        Grading.objects.of_kind(kind)
        .answering(prompt)
        .of_record()
        .aggregate(all=Count("pk"), released=Count("pk", filter=released), **complete)
    )
    unreleased = counts["all"] - counts["released"]
    options = [
        RubricOption(rubric, counts[name], unreleased - counts[name])
        for rubric, name in zip(rubrics, complete, strict=True)
    ]
    rubric = prompt.rubric_for(kind)
    [present] = [option for option in options if option.rubric == rubric]
    others = [option for option in options if option.rubric != rubric]
    return RubricChange(present, others, counts["released"])
