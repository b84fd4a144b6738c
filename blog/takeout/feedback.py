"""Released grades and feedback of a person as files: a table, and a text to read."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from io import StringIO

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from blog.gradebook_files.plain import guarded
from blog.models import Course, FeedbackReply, User
from blog.queries.feedback import ReadableGrade

Rows = Sequence[tuple[ReadableGrade, FeedbackReply | None]]
NameOf = Callable[[User | None], str]  # as the reader of the files knows people


def as_csv(course: Course, rows: Rows, name_of: NameOf) -> str:
    """Return a row for each grade; the sign at its beginning tells Excel that it is UTF-8.

    Times are those of the course, wherever the file is made.
    """
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            _("Prompt"), _("Kind"), _("Released"), _("Edited"), _("Graded by"), _("Recorded"),
            _("Points"), _("Maximum"), _("Levels"), _("Reason for other points"), _("Feedback"),
            _("What I will change"),
        ]
    )  # fmt: skip
    for grade, reply in rows:
        grading = grade.grading
        writer.writerow(
            [
                guarded(str(cell))
                for cell in [
                    grading.prompt.title,
                    grading.get_kind_display(),
                    _moment(grading.released_at, course),
                    _moment(grading.edited_at, course),
                    name_of(grading.grader),
                    grading.get_status_display(),
                    "" if grade.points is None else _number(grade.points),
                    _number(grade.highest_points) if grade.highest_points else "",
                    "; ".join(_level(one) for one in grade.scores),
                    grading.reason,
                    grading.text,
                    reply.text if reply else "",
                ]
            ]
        )
    return "\ufeff" + file.getvalue()


def as_markdown(course: Course, rows: Rows, name_of: NameOf) -> str:
    """Return a text with a part for each grade; words stand as their authors typed them."""
    title = _("Grades and feedback in %(course)s") % {"course": course.title}
    parts = [f"# {title}"]
    for grade, reply in rows:
        grading = grade.grading
        parts.append(f"## {grading.prompt.title}")
        released = _moment(grading.released_at, course)
        names = {"name": name_of(grading.grader), "moment": released}
        parts.append(_("Graded by %(name)s, %(moment)s") % names)
        if grading.edited_at:
            parts.append(_("Edited %(moment)s") % {"moment": _moment(grading.edited_at, course)})
        if grading.status != grading.Status.GRADED:
            parts.append(str(grading.get_status_display()).capitalize())
        if grade.points is not None and grade.highest_points:
            points = {"points": _number(grade.points), "most": _number(grade.highest_points)}
            parts.append("**" + _("%(points)s of %(most)s points") % points + "**")
        elif grade.points is not None:
            parts.append("**" + _("%(points)s points") % {"points": _number(grade.points)} + "**")
        if grading.reason:
            parts.append(grading.reason)
        if grade.scores:
            parts.append("\n".join(f"- {_level(one)}" for one in grade.scores))
        if grading.text.strip():
            parts.append("### " + _("Feedback") + "\n\n" + grading.text.strip())
        if reply:
            parts.append("### " + _("What I will change") + "\n\n" + reply.text.strip())
    return "\n\n".join(parts) + "\n"


def _level(one) -> str:
    words = f"{one.score.criterion.title}: {one.score.level.title}"
    if not one.highest_points:
        return words
    return f"{words} ({_number(one.points)}/{_number(one.highest_points)})"


def _number(value) -> str:
    return f"{value.normalize():f}"


def _moment(value: datetime | None, course: Course) -> str:
    return date_format(localtime(value, course.zone), "Y-m-d H:i") if value else ""
