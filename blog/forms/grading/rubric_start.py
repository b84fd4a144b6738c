"""The initial data of a rubric's form: stored criteria, those of a copy, or the usual levels."""

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from blog.forms.grading.points_field import plain_number
from blog.forms.grading.rubric_rows import CriterionRow, LevelRow, is_row_name, write_rows
from blog.models import Criterion, Rubric

DEFAULT_LEVELS = [
    (gettext_lazy("Not yet"), "1"),
    (gettext_lazy("Partly"), "2"),
    (gettext_lazy("Well"), "3"),
    (gettext_lazy("Beyond"), "4"),
]


def default_levels() -> list[LevelRow]:
    return [LevelRow(str(title), points) for title, points in DEFAULT_LEVELS]


def stored_rows(rubric: Rubric, *, is_copy: bool = False) -> list[CriterionRow]:
    """Return the criteria of a stored rubric as its form shows them, or that of a copy."""
    criteria = rubric.criteria.prefetch_related("levels")
    return [row_of(criterion, is_copy=is_copy) for criterion in criteria]


def row_of(criterion: Criterion, *, is_copy: bool = False) -> CriterionRow:
    return CriterionRow(
        criterion=criterion.title,
        about=criterion.description,
        weight=plain_number(criterion.weight),
        row="" if is_copy else str(criterion.pk),
        levels=[
            LevelRow(level.title, plain_number(level.points), level.description)
            for level in criterion.levels.all()
        ],
    )


def with_rows(data: Mapping[str, str], rows: list[CriterionRow], **others: str) -> QueryDict:
    """Return the data of a form with other criteria."""
    changed = QueryDict(mutable=True)
    texts = {name: value for name, value in data.items() if not is_row_name(name)}
    for name, value in (texts | write_rows(rows) | others).items():
        changed[name] = value
    return changed
