"""Changes that importing a table of grades would make, cell by cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blog.gradebook_files.plain import COMMENTS, POST, ReadGrade, ReadRow, read_plain
from blog.models import GradeImport, Grading, Membership, Prompt, User
from blog.models.point_limits import most_other_points
from blog.queries.grade_exports import plain_grade
from blog.queries.gradebook import ANONYMOUS, DIFFERS, HIDDEN, Gradebook, GradeCell, gradebook

# What becomes of a cell.
CHANGED, SAME = "changed", "same"
STALE, NO_NUMBER, TOO_HIGH, TOO_EXACT, CLOSED = (
    *("stale", "no_number", "too_high", "too_exact"),
    "closed",
)
UNKNOWN_STUDENT, UNKNOWN_PROMPT, TWICE = "unknown_student", "unknown_prompt", "twice"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ImportCell:
    """A grade of the table beside the one that is stored: ``state`` is a key.

    ``before`` is None for a student or a prompt that the course does not have.
    """

    row: ReadRow
    read: ReadGrade
    member: Membership | None
    prompt: Prompt | None
    kind: str
    before: GradeCell | None
    state: str

    @property
    def has_problem(self) -> bool:
        return self.state not in (CHANGED, SAME)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    cells: Sequence[ImportCell]

    @property
    def changed(self) -> list[ImportCell]:
        return [cell for cell in self.cells if cell.state == CHANGED]

    @property
    def problems(self) -> list[ImportCell]:
        return [cell for cell in self.cells if cell.has_problem]

    @property
    def counts(self) -> Counter[str]:
        return Counter(cell.state for cell in self.cells)


def read_grade_import(grade_import: GradeImport) -> tuple[ReadRow, ...]:
    """Return the lines of a file; raise TableRefused where it is no table of ours."""
    return read_plain(bytes(grade_import.data), grade_import.name)


def import_preview(grade_import: GradeImport, reader: User) -> ImportPreview:
    """Return the changes of importing a file now; as many queries as a gradebook.

    An empty cell changes nothing, so it is none of the cells here.
    """
    rows = read_grade_import(grade_import)
    book = gradebook(grade_import.course, reader)
    stored = _Stored(book)
    seen = Counter(row.username for row in rows)
    cells = [
        stored.cell(row, number, kind, read, is_twice=seen[row.username] > 1)
        for row in rows
        for (number, kind), read in row.grades.items()
        if not read.is_empty
    ]
    return ImportPreview(cells)


class _Stored:
    """The grades of a gradebook by username, prompt and kind."""

    def __init__(self, book: Gradebook) -> None:
        self.members = {row.member.user.username: row.member for row in book.rows}
        self.prompts = {column.prompt.number: column.prompt for column in book.columns}
        self.grades: Mapping[tuple[str, int, str], GradeCell] = {
            (row.member.user.username, cells.prompt.number, kind): grade
            for row in book.rows
            for cells in row.cells
            for kind, grade in ((POST, cells.post), (COMMENTS, cells.comments))
        }

    def cell(
        self, row: ReadRow, number: int, kind: str, read: ReadGrade, *, is_twice: bool
    ) -> ImportCell:
        member, prompt = self.members.get(row.username), self.prompts.get(number)
        before = self.grades.get((row.username, number, kind))
        state = _state(read, before, member, prompt, is_twice=is_twice)
        return ImportCell(row, read, member, prompt, kind, before, state)


def _state(
    read: ReadGrade,
    before: GradeCell | None,
    member: Membership | None,
    prompt: Prompt | None,
    *,
    is_twice: bool,
) -> str:
    if member is None:
        return UNKNOWN_STUDENT
    if prompt is None or before is None:
        return UNKNOWN_PROMPT
    stored = plain_grade(before)
    is_same = (read.grade.points, read.grade.is_excused) == (stored.points, stored.is_excused)
    if is_same and not read.problem:
        return SAME
    if is_twice:
        return TWICE
    if read.grade.version != stored.version:
        return STALE
    return read.problem or _fault(read, before) or CHANGED


def _fault(read: ReadGrade, before: GradeCell) -> str:
    """Return why a grade cannot be stored, "" if it can.

    What a student reads already stays a grade in points; a status is changed on the desk. A grade
    whose release has a date ahead is changed like any that is not released.
    """
    points = read.grade.points
    if points is not None and points > most_other_points(before.highest_points):
        return TOO_HIGH
    if points is not None and points != points.quantize(CENT):
        return TOO_EXACT
    grading = before.grading
    is_other_status = grading and grading.is_released and grading.status != _status(read)
    if before.state in (ANONYMOUS, HIDDEN, DIFFERS) or is_other_status:
        return CLOSED
    return ""


def _status(read: ReadGrade) -> str:
    return Grading.Status.EXCUSED if read.grade.is_excused else Grading.Status.GRADED
