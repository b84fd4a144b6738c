"""The content of a file of rubrics."""

from dataclasses import dataclass
from decimal import Decimal

NO_HEADINGS = "no_headings"
TOO_MANY_RUBRICS = "too_many_rubrics"


@dataclass(frozen=True)
class FileLevel:
    title: str
    description: str
    points: Decimal


@dataclass(frozen=True)
class FileCriterion:
    """A criterion with its levels from the lowest."""

    title: str
    description: str
    levels: tuple[FileLevel, ...]


@dataclass(frozen=True)
class FileRubric:
    title: str
    criteria: tuple[FileCriterion, ...]


@dataclass(frozen=True)
class FileProblem:
    """A row or cell that is left out; ``text`` is its content.

    Kinds of rows that are left out: ``no_rubric_name``, ``no_criterion_name``, ``no_levels``,
    ``no_points``, ``bad_points``, ``negative_points`` and ``too_many_levels``. Of a row that is
    read: ``ranges``, which turn into single numbers of points.
    """

    kind: str
    line: int
    text: str = ""


@dataclass(frozen=True)
class RubricFile:
    rubrics: tuple[FileRubric, ...]
    problems: tuple[FileProblem, ...]
