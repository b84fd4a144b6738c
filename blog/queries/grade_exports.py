"""Files of grades: for each LMS, for spreadsheets, and the pods as groups of Canvas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from allauth.account.models import EmailAddress

from blog.gradebook_files.exports import FORMATS, ExportPerson, is_dropped_title, write_lms_file
from blog.gradebook_files.plain import COMMENTS, POST, PlainGrade, PlainRow
from blog.models import (
    Course,
    Grading,
    Invitation,
    Membership,
    Prompt,
    StudentIdentifier,
    User,
)
from blog.queries.gradebook import (
    ANONYMOUS,
    HIDDEN,
    IN_PROGRESS,
    Gradebook,
    GradebookRow,
    GradeCell,
    gradebook,
)
from blog.queries.memberships import students_by_name
from blog.queries.released_grades import ReleasedGrades, released_grades


@dataclass(frozen=True, slots=True)
class LmsExport:
    """A new file for one LMS, with the students in it and those that it would not find.

    ``without_grade`` is how many have no released points. ``is_dropped``: the LMS drops a column
    with this title.
    """

    system: str
    data: bytes
    written: Sequence[Membership]
    left_out: Sequence[Membership]
    without_grade: int
    is_dropped: bool


@dataclass(frozen=True)
class ExportTable:
    """The students of a course with what files call them, read once for all formats."""

    members: Sequence[Membership]
    people: Mapping[int, ExportPerson]


def export_table(course: Course, reader: User) -> ExportTable:
    """Return the students of a course by name; four queries.

    Their email is the one they were invited by, which is the university's; else the account's.
    """
    members = students_by_name(course, reader)
    identifiers: dict[int, dict[tuple[str, str], str]] = {}
    for row in StudentIdentifier.objects.filter(membership__in=members):
        identifiers.setdefault(row.membership_id, {})[row.system, row.kind] = row.value
    confirmed = EmailAddress.objects.filter(
        user__in=[member.user_id for member in members], verified=True
    )
    emails: dict[int, str] = {}
    for user, email in confirmed.order_by("-primary", "pk").values_list("user", "email"):
        emails.setdefault(user, email)
    accepted = Invitation.objects.filter(membership__in=members).order_by("pk")
    invited = dict(accepted.values_list("membership", "email"))
    people = {
        member.pk: _person(
            member,
            identifiers.get(member.pk, {}),
            invited.get(member.pk) or emails.get(member.user_id, ""),
        )
        for member in members
    }
    return ExportTable(members, people)


def _person(
    member: Membership, identifiers: Mapping[tuple[str, str], str], email: str
) -> ExportPerson:
    """Return a student as the university's list names them, where it does."""
    name = member.listed_name or member.user.display_name or member.user.username
    family = member.family_name
    given = name.removesuffix(family).strip() if family and name.endswith(family) else ""
    return ExportPerson(
        name=name,
        family_name=family if given else "",
        given_name=given,
        email=email,
        section=member.section.name if member.section else "",
        pod=member.pod.name if member.pod else "",
        identifiers=identifiers,
    )


def lms_export(system: str, table: ExportTable, released: ReleasedGrades, title: str) -> LmsExport:
    """Return the file of an LMS with the released grades of one prompt; no query."""
    graded: list[tuple[Membership, Decimal]] = []
    for member in table.members:
        found = released.by_student.get(member.user_id)
        if found and found.grade and found.grade.points is not None:
            graded.append((member, found.grade.points))
    written = [one for one in graded if FORMATS[system].finds(system, table.people[one[0].pk])]
    grades = [(table.people[member.pk], points) for member, points in written]
    members = [member for member, _points in written]
    return LmsExport(
        system=system,
        data=write_lms_file(system, grades, title, released.highest_points),
        written=members,
        left_out=[member for member, _points in graded if member not in members],
        without_grade=len(table.members) - len(graded),
        is_dropped=is_dropped_title(system, title),
    )


def lms_exports(prompt: Prompt, kind: str, title: str, reader: User) -> list[LmsExport]:
    """Return the file for each LMS; as many queries as a gradebook, and four."""
    table = export_table(prompt.course, reader)
    released = released_grades(prompt, kind, reader)
    return [lms_export(system, table, released, title) for system in FORMATS]


def plain_table(course: Course, reader: User) -> tuple[dict[int, str], list[PlainRow]]:
    """Return the titles of the prompts by number, and all grades, released or not, by student."""
    book: Gradebook = gradebook(course, reader)
    titles = {column.prompt.number: column.prompt.title for column in book.columns}
    return titles, [_plain_row(row) for row in book.rows]


def _plain_row(row: GradebookRow) -> PlainRow:
    member = row.member
    grades = {}
    for cells in row.cells:
        grades[cells.prompt.number, POST] = plain_grade(cells.post)
        grades[cells.prompt.number, COMMENTS] = plain_grade(cells.comments)
    return PlainRow(
        username=member.user.username,
        name=member.listed_name or member.user.display_name or member.user.username,
        section=member.section.name if member.section else "",
        pod=member.pod.name if member.pod else "",
        grades=grades,
    )


def plain_grade(cell: GradeCell) -> PlainGrade:
    """Return a grade as our own table has it; one that its reader is not to see yet is none."""
    if cell.grading is None or cell.state in (ANONYMOUS, HIDDEN):
        return PlainGrade()
    return PlainGrade(
        points=None if cell.state == IN_PROGRESS else cell.points,
        is_excused=cell.status == Grading.Status.EXCUSED,
        version=f"{cell.grading.pk}.{cell.grading.version}",
    )
