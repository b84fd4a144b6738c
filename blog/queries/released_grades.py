"""Released grades of a prompt as they go into files of an LMS."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from blog.gradebook_files import GradeToWrite
from blog.models import Grading, Prompt, User
from blog.queries.gradebook import GradeCell, PromptCells, gradebook

POST, COMMENTS, SUM = "post", "comments", "sum"
NOT_RELEASED, NO_POINTS, HALF_EXCUSED = "not_released", "no_points", "half_excused"


@dataclass(frozen=True, slots=True)
class ReleasedGrade:
    """The grade to write for a student, or why there is none: ``reason`` is a key."""

    grade: GradeToWrite | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReleasedGrades:
    """The grades of a prompt by student.

    ``highest_points`` are what each released one can have, None if they differ or nobody knows.
    """

    by_student: Mapping[int, ReleasedGrade]
    highest_points: Decimal | None


def released_grades(prompt: Prompt, kind: str, reader: User) -> ReleasedGrades:
    """Return the released grades of a prompt's posts, comments, or both; as many queries as a
    gradebook.
    """
    rows = gradebook(prompt.course, reader, [prompt]).rows
    by_student = {row.member.user_id: _released(row.cells[0], kind) for row in rows}
    highest = {
        _highest_points(row.cells[0], kind) for row in rows if by_student[row.member.user_id].grade
    }
    return ReleasedGrades(by_student, highest.pop() if len(highest) == 1 else None)


def _released(cells: PromptCells, kind: str) -> ReleasedGrade:
    if kind == SUM:
        return _sum(cells)
    return _of_cell(cells.post if kind == POST else cells.comments)


def _of_cell(cell: GradeCell) -> ReleasedGrade:
    if not cell.is_released:
        return ReleasedGrade(None, NOT_RELEASED)
    if cell.status == Grading.Status.EXCUSED:
        return ReleasedGrade(GradeToWrite(None))
    if cell.points is None:
        return ReleasedGrade(None, NO_POINTS)
    return ReleasedGrade(GradeToWrite(cell.points))


def _sum(cells: PromptCells) -> ReleasedGrade:
    """Return post and comments together; without one of the two there is no sum yet.

    If the student is excused from one of the two, the points of the other are no sum either: in a
    column for both they would say that the first was worth nothing.
    """
    both = [_of_cell(cells.post), _of_cell(cells.comments)]
    missing = next((one for one in both if one.grade is None), None)
    if missing is not None:
        return missing
    points = [one.grade.points for one in both if one.grade and one.grade.points is not None]
    if len(points) == 1:
        return ReleasedGrade(None, HALF_EXCUSED)
    return ReleasedGrade(GradeToWrite(sum(points, Decimal(0)) if points else None))


def _highest_points(cells: PromptCells, kind: str) -> Decimal | None:
    parts = {POST: [cells.post], COMMENTS: [cells.comments], SUM: [cells.post, cells.comments]}
    highest = [cell.highest_points for cell in parts[kind]]
    return None if None in highest else sum((one for one in highest if one), Decimal(0))
