"""
New files of grades for an LMS, with only the students who have one.

A missing line changes nothing in an LMS, and a blank cell may clear a grade: so each line has a
grade, and a file is about one prompt. Nothing is guarded against formulas here, because an LMS
reads the file: a guarded name is another name to it. See `plain` for files that people open.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from blog.gradebook_files.columns import CANVAS_TOTAL
from blog.gradebook_files.numbers import NumberStyle
from blog.roster_files.systems import BLACKBOARD, BRIGHTSPACE, CANVAS, MOODLE

BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class ExportPerson:
    """A student as files name one: ``identifiers`` maps (system, kind) to what a list had."""

    name: str
    family_name: str = ""
    given_name: str = ""
    email: str = ""
    section: str = ""
    pod: str = ""
    identifiers: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def number(self, system: str, *kinds: str) -> list[str]:
        """Return a system's identifiers of the student, "" for each unknown kind."""
        return [self.identifiers.get((system, kind), "") for kind in kinds]

    @property
    def sortable_name(self) -> str:
        if self.family_name and self.given_name:
            return f"{self.family_name}, {self.given_name}"
        return self.name


Grades = Sequence[tuple[ExportPerson, Decimal]]


def _canvas(grades: Grades, title: str, highest: Decimal | None) -> str:
    style = NumberStyle(least=2)
    rows = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title],
        ["    Points Possible", "", "", "", "", style.written(highest) if highest else ""],
    ]
    for person, points in grades:
        numbers = person.number(CANVAS, "lms_id", "sis_id", "login")
        rows.append([person.sortable_name, *numbers, person.section, style.written(points)])
    return _text(rows)


def _moodle(grades: Grades, title: str, _highest: Decimal | None) -> str:
    rows = [["Email address", title]]
    rows += [[person.email, NumberStyle().written(points)] for person, points in grades]
    return _text(rows)


def _brightspace(grades: Grades, title: str, _highest: Decimal | None) -> str:
    rows = [["OrgDefinedId", "Username", f"{title} Points Grade", "End-of-Line Indicator"]]
    for person, points in grades:
        numbers = person.number(BRIGHTSPACE, "org_defined_id", "username")
        rows.append([*numbers, NumberStyle().written(points), "#"])
    return _text(rows, end="\r\n")


def _blackboard(grades: Grades, title: str, _highest: Decimal | None) -> str:
    rows = [["Last Name", "First Name", "Username", title]]
    for person, points in grades:
        names = [person.family_name or person.name, person.given_name]
        rows.append([*names, *person.number(BLACKBOARD, "username"), NumberStyle().written(points)])
    return BOM + _text(rows, quoting=csv.QUOTE_ALL)


@dataclass(frozen=True, slots=True)
class LmsFormat:
    """An LMS's format of grades; ``kinds`` are the numbers by one of which it finds a student."""

    write: Callable[[Grades, str, Decimal | None], str]
    kinds: tuple[str, ...]

    def finds(self, system: str, person: ExportPerson) -> bool:
        """Return whether the LMS can find a student by what is known of them."""
        if system == MOODLE:
            return bool(person.email)
        return any(person.number(system, *self.kinds))


FORMATS = {
    CANVAS: LmsFormat(_canvas, ("lms_id", "sis_id", "login")),
    MOODLE: LmsFormat(_moodle, ()),
    BRIGHTSPACE: LmsFormat(_brightspace, ("org_defined_id", "username")),
    BLACKBOARD: LmsFormat(_blackboard, ("username",)),
}


def is_dropped_title(system: str, title: str) -> bool:
    """Return whether an LMS drops a column of this title: Canvas takes it for one of its totals."""
    return system == CANVAS and bool(CANVAS_TOTAL.search(title))


def write_lms_file(
    system: str, grades: Grades, title: str, highest_points: Decimal | None
) -> bytes:
    """Return a new file of grades for an LMS, one line for each student."""
    return FORMATS[system].write(grades, " ".join(title.split()), highest_points).encode()


def write_canvas_groups(people: Iterable[ExportPerson]) -> bytes:
    """Return the pods as the groups that Canvas imports on its page of people."""
    rows = [["canvas_user_id", "user_id", "login_id", "group_name", "canvas_group_id", "group_id"]]
    for person in people:
        if person.pod and FORMATS[CANVAS].finds(CANVAS, person):
            numbers = person.number(CANVAS, "lms_id", "sis_id", "login")
            rows.append([*numbers, person.pod, "", ""])
    return _text(rows).encode()


def _text(rows: Iterable[list[str]], *, end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()
