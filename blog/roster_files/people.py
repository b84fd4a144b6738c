"""A roster: people, rows left out, and questions that only a person can answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from blog.spreadsheets import Remark

STUDENT, ASSISTANT, INSTRUCTOR, OBSERVER = "student", "assistant", "instructor", "observer"
ACTIVE, DROPPED, SUSPENDED, WAITING = "active", "dropped", "suspended", "waiting"
UNAVAILABLE, TEST_STUDENT = "unavailable", "test_student"


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person of a roster.

    ``lines`` are the physical lines of the file, from 1. ``identifiers`` maps ``sis_id``,
    ``login``, ``lms_id``, ``username``, ``org_defined_id``, ``student_id``, ``integration_id``,
    ``source_id`` and ``participant_id`` to texts, as the LMS has them. ``sections`` are as
    written; names joined by “and” are one, unless each of them stands alone elsewhere. ``role`` is
    ``student``, ``assistant``, ``instructor`` or ``observer``; ``status`` is ``active``,
    ``dropped``, ``suspended``, ``waiting``, ``unavailable`` or ``test_student``.

    ``problem`` is "" or why the row cannot be taken as it is: ``no_email``, ``bad_email``,
    ``several_emails``, ``mangled_id`` (4.17E+05: format the column as text in the spreadsheet and
    save again), ``shared_email`` (of people with different names), ``shared_id``, ``nobody``
    (neither name nor address nor number), ``broken_row`` (quotes or separators are off).
    """

    lines: tuple[int, ...]
    name: str = ""
    family_name: str = ""
    given_name: str = ""
    email: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    pods: tuple[str, ...] = ()
    role: str = STUDENT
    status: str = ACTIVE
    problem: str = ""

    @property
    def line(self) -> int:
        return self.lines[0]

    @property
    def section(self) -> str:
        return self.sections[0] if self.sections else ""

    @property
    def pod(self) -> str:
        return self.pods[0] if self.pods else ""

    @property
    def is_invited(self) -> bool:
        """Return whether the person is invited unless somebody says otherwise."""
        return bool(self.email) and not self.problem and self.status == ACTIVE


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A line that is nobody’s: the reason of `blog.spreadsheets.Skipped`, and its first words."""

    line: int
    reason: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a file leaves open.

    ``name`` is the key of the answer; ``choices`` are its values, each with texts from the file to
    choose by. ``assumed`` is the choice that was taken, "" where none could be: then the roster
    waits for the answer.

    - ``encoding``: choices are encodings.
    - ``email``, ``name`` and other meanings: two columns have the same heading; choices are the
      numbers of the columns, from 0. Where logins look like addresses, ``email`` asks whether they
      are; ``none`` says no.
    - ``column-3``: what column 3 holds; choices are meanings, and "" for something else.
    """

    name: str
    choices: tuple[str, ...]
    preview: Mapping[str, tuple[str, ...]]
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a file or of pasted lines.

    ``columns`` maps a meaning to the number of its column. ``remarks`` are those of the table, and
    ``no_email_column`` (people can be matched by their numbers and names only) and
    ``repeated_row``, ``same_name`` (of people with different addresses), and ``name_not_read`` (of
    a pasted line with other words than a name).
    """

    rows: tuple[RosterRow, ...]
    skipped: tuple[SkippedRow, ...] = ()
    questions: tuple[Question, ...] = ()
    remarks: tuple[Remark, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    heading_line: int | None = None

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Return the questions to answer before anything is done with the rows."""
        return tuple(question for question in self.questions if not question.assumed)
