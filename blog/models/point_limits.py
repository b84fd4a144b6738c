"""Limits of points that count instead of those of the levels, on the desk and in files."""

from decimal import Decimal
from typing import TYPE_CHECKING

from blog.models.participation import GradeAdoption

if TYPE_CHECKING:
    from blog.models.grading import Grading
    from blog.models.prompts import Prompt

MAX_OTHER_POINTS = 9999


def most_other_points(highest: Decimal | None) -> Decimal:
    """Return the most other points of a grade that can have so many; None or 0: nobody says."""
    return min(highest or Decimal(MAX_OTHER_POINTS), Decimal(MAX_OTHER_POINTS))


def highest_points_for(prompt: "Prompt", kind: str, grading: "Grading | None") -> Decimal | None:
    """Return the most points of a grade, None where nobody says.

    That is by the rule it was made by, or by the rubric with which its student has it.
    """
    if grading and grading.pk:
        by_rule = GradeAdoption.objects.filter(prompt=prompt).highest_points_by_grading()
        if highest := by_rule.get(grading.pk):
            return highest
    is_released = grading is not None and grading.released_at is not None
    rubric = grading.released_rubric if grading and is_released else prompt.rubric_for(kind)
    return rubric.highest_points if rubric else None
