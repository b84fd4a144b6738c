"""Filling in the file of an LMS, row by row, and the file with the grades in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blog.gradebook_files import FilledRow, GradeToWrite, LmsGradebook, LmsRow, fill, read_gradebook
from blog.models import LmsFile, Membership, Prompt, User
from blog.queries.known_members import BY_NAME, SUGGESTED, KnownMembers
from blog.queries.released_grades import COMMENTS, POST, SUM, released_grades

KINDS = (POST, COMMENTS, SUM)
# What becomes of a row beside the results of `fill` and the reasons of `released_grades`.
ONLY_NAME, ONLY_ALIKE = "only_name", "only_alike"
UNKNOWN, TWICE, BROKEN, FORMER = "unknown", "twice", "broken", "former"


@dataclass(frozen=True, slots=True)
class Choice:
    """The column to write, the prompt and kind, whether scaled, whether also found by name."""

    column: int
    prompt: int
    kind: str
    is_scaled: bool = False
    with_names: bool = False

    @classmethod
    def of(cls, answers: Mapping[str, str]) -> "Choice | None":
        """Return the choices for a file, None before there are any."""
        column, prompt = answers.get("grade_column", ""), answers.get("prompt", "")
        kind = answers.get("kind", "")
        if not (column.isdecimal() and prompt.isdecimal() and kind in KINDS):
            return None
        is_scaled = answers.get("scale") == "yes"
        return cls(int(column), int(prompt), kind, is_scaled, answers.get("names") == "yes")


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file: whom it is about, what its cell has and gets, and ``result``, a key.

    ``found_by`` is how its student was found, as KnownMembers says it.
    """

    row: LmsRow
    member: Membership | None
    before: str
    after: str
    result: str
    found_by: str


@dataclass(frozen=True)
class Filling:
    """The result for a file. ``not_listed`` are students with a released grade and no row."""

    rows: Sequence[PreviewRow]
    not_listed: Sequence[Membership]
    data: bytes
    scale: Decimal
    highest_points: Decimal | None

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.result for row in self.rows)


def read_lms_file(lms_file: LmsFile) -> LmsGradebook:
    """Return the gradebook of a file; raise TableRefused where it is none."""
    return read_gradebook(bytes(lms_file.data), lms_file.name, lms_file.answers)


def filling_of(book: LmsGradebook, prompt: Prompt, choice: Choice, reader: User) -> Filling:
    """Return the results of filling in one column; as many queries as a gradebook, and six.

    Raise TableRefused if the file cannot be written.
    """
    released = released_grades(prompt, choice.kind, reader)
    known = KnownMembers(prompt.course)
    found = {row.row.number: known.member(row.person, book.system) for row in book.rows}
    matched = Counter(member.pk for member, _by in found.values() if member)
    results: dict[int, str] = {}
    grades: dict[int, GradeToWrite] = {}
    for row in book.rows:
        number = row.row.number
        member, found_by = found[number]
        reason = _reason(row, member, found_by, matched, choice)
        if not reason and member:
            grade = released.by_student.get(member.user_id)
            if grade is None or grade.grade is None:
                reason = grade.reason if grade else FORMER
            else:
                grades[number] = grade.grade
        results[number] = reason
    column = book.column(choice.column)
    scale = (
        _scale(column.highest_points if column else None, released.highest_points)
        if choice.is_scaled
        else None
    )
    filled, data = fill(book, choice.column, grades, scale=scale or Decimal(1))
    by_number = {one.number: one for one in filled}
    rows = [_preview(row, *found[row.row.number], by_number, results, choice) for row in book.rows]
    listed = {row.member.pk for row in rows if row.member}
    not_listed = [
        member
        for member in known.memberships.values()
        if member.pk not in listed
        and (grade := released.by_student.get(member.user_id))
        and grade.grade is not None
    ]
    return Filling(rows, not_listed, data, scale or Decimal(1), released.highest_points)


def _reason(
    row: LmsRow, member: Membership | None, found_by: str, matched: Counter, choice: Choice
) -> str:
    """Return why a row gets nothing, "" if its student's grade decides."""
    if row.person.problem == "broken_row":
        return BROKEN
    if member is None:
        return UNKNOWN
    same_person = len(row.person.lines)
    if matched[member.pk] > same_person:
        return TWICE
    if found_by in SUGGESTED and not choice.with_names:
        return ONLY_NAME if found_by == BY_NAME else ONLY_ALIKE
    return FORMER if member.ended_at else ""


def _preview(
    row: LmsRow,
    member: Membership | None,
    found_by: str,
    filled: Mapping[int, FilledRow],
    results: Mapping[int, str],
    choice: Choice,
) -> PreviewRow:
    number = row.row.number
    one = filled.get(number)
    if one is None:
        before = row.row.cell(choice.column).strip()
        return PreviewRow(row, member, before, before, results[number], found_by)
    return PreviewRow(row, member, one.before, one.after, one.result, found_by)


def _scale(most_there: Decimal | None, most_here: Decimal | None) -> Decimal | None:
    """Return by what to multiply points, None where one of the two is not known."""
    if not most_there or not most_here:
        return None
    return most_there / most_here
