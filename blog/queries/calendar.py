"""The dates that a person's calendar has: those of their courses that run, as they see them now."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import OuterRef, Subquery

from blog.models import Course, Extension, Prompt, User


class Kind(StrEnum):
    """The kind of a date; the values are parts of identifiers that calendars store."""

    OPENS = "opens"
    POST = "post"
    CLOSES = "closes"
    COMMENTS = "comments"
    LAST_DAY = "last-day"


@dataclass(frozen=True)
class CalendarDate:
    """A minute, or for a course's last day a day, with what it is of.

    ``changed_at`` is the last change of anything that a calendar shows of it, and ``sequence``
    grows with each of these changes.
    """

    kind: Kind
    at: datetime | date
    course: Course
    changed_at: datetime
    sequence: int
    prompt: Prompt | None = None

    @property
    def uid(self) -> str:
        """Return the identifier, the same for everybody and for as long as there is the date."""
        row = f"prompt-{self.prompt.pk}" if self.prompt else f"course-{self.course.pk}"
        return f"{row}-{self.kind}"


def calendar_dates(reader: User) -> list[CalendarDate]:
    """Return the dates of the reader's courses that are not over, prompt by prompt, in one query.

    The reader's memberships cost another, if they were not loaded before.
    """
    running = [m.course for m in reader.memberships_now if not m.course.is_over]
    courses = {course.pk: course for course in running}
    prompts = Prompt.objects.filter(course__in=courses).visible_to(reader).listed()
    # An extension changes a date of its student's calendar, and of nobody else's.
    own = Extension.objects.filter(prompt=OuterRef("pk"), student=reader)
    prompts = prompts.annotate(
        extension_version=Subquery(own.values("version")[:1]),
        extension_changed_at=Subquery(own.values("changed_at")[:1]),
    )
    dates = []
    for prompt in prompts.filter(has_dates=True).order_by("course", "position", "number"):
        prompt.course = courses[prompt.course_id]
        dates += _of_prompt(prompt)
    return dates + [_last_day(course) for course in running]


def _of_prompt(prompt: Prompt) -> list[CalendarDate]:
    course = prompt.course
    moments = {
        Kind.OPENS: prompt.opens_at,
        Kind.POST: prompt.own_due_at,
        Kind.CLOSES: prompt.own_late_until,
        Kind.COMMENTS: prompt.comments_due_at,
    }
    extended_at = prompt.extension_changed_at  # type: ignore[attr-defined]
    changed_at = max(filter(None, (prompt.changed_at, course.changed_at, extended_at)))
    extensions = prompt.extension_version or 0  # type: ignore[attr-defined]
    sequence = prompt.version + course.version - 2 + extensions
    return [
        CalendarDate(kind, at, course, changed_at, sequence, prompt)
        for kind, at in moments.items()
        if at is not None
    ]


def _last_day(course: Course) -> CalendarDate:
    return CalendarDate(
        Kind.LAST_DAY, course.ends_on, course, course.changed_at, course.version - 1
    )
