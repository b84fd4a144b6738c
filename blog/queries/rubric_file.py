"""A rubric as a file for other programs holds it."""

from blog.models import Rubric
from blog.rubric_files import FileCriterion, FileLevel, FileRubric


def file_of(rubric: Rubric) -> FileRubric:
    """Return a rubric with its weights in its points, for programs that have no weights."""
    return FileRubric(
        rubric.title,
        tuple(
            FileCriterion(
                criterion.title,
                criterion.description,
                tuple(
                    FileLevel(level.title, level.description, criterion.points_for(level))
                    for level in criterion.levels.all()
                ),
            )
            for criterion in rubric.criteria.all()
        ),
    )
