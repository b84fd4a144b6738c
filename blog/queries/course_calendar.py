"""The calendar of a course: its dates as a reader sees them, month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from blog.models import Course, Norm, Prompt, User
from blog.queries.feedback import own_feedback


class DateKind(StrEnum):
    """The kind of a date, in the order of one day."""

    FIRST_DAY = "first-day"
    OPENS = "opens"
    FEEDBACK = "feedback"
    NORMS = "norms"
    POST = "post"
    CLOSES = "closes"
    COMMENTS = "comments"
    LAST_DAY = "last-day"


@dataclass(frozen=True)
class CourseDate:
    """One thing on one day; ``at`` is its minute, where it has one."""

    kind: DateKind
    day: date
    at: datetime | None = None
    prompt: Prompt | None = None
    url: str = ""


@dataclass(frozen=True)
class Day:
    day: date
    dates: list[CourseDate]


@dataclass(frozen=True)
class Month:
    first: date
    days: list[Day]


def course_calendar(reader: User, course: Course) -> list[Month]:
    """Return the months of a course that have dates, with their days; four queries.

    A student's own extension counts, and of releases they see those of their own feedback.
    """
    found = [
        CourseDate(DateKind.FIRST_DAY, course.starts_on),
        CourseDate(DateKind.LAST_DAY, course.ends_on),
        *_of_prompts(reader, course),
        *_of_feedback(reader, course),
        *_of_norms(reader, course),
    ]
    order = list(DateKind)
    found.sort(key=lambda one: (one.day, order.index(one.kind), one.prompt and one.prompt.number))
    days = [Day(day, list(dates)) for day, dates in groupby(found, key=lambda one: one.day)]
    months = groupby(days, key=lambda one: one.day.replace(day=1))
    return [Month(first, list(of_month)) for first, of_month in months]


def _of_prompts(reader: User, course: Course) -> Iterable[CourseDate]:
    for prompt in Prompt.objects.in_course(course).visible_to(reader).listed():
        prompt.course = course
        if not prompt.has_dates:
            continue
        moments = {
            DateKind.OPENS: prompt.opens_at,
            DateKind.POST: prompt.own_due_at,
            DateKind.CLOSES: prompt.own_late_until,
            DateKind.COMMENTS: prompt.comments_due_at,
        }
        for kind, at in moments.items():
            if at is not None:
                yield CourseDate(kind, course.day_of(at), at, prompt, prompt.get_absolute_url())


def _of_feedback(reader: User, course: Course) -> Iterable[CourseDate]:
    membership = reader.membership_in(course)
    if membership is None or not membership.is_student:
        return
    seen = set()
    for grading in own_feedback(reader, course):
        place = grading.prompt_id, course.day_of(grading.released_at)
        if place not in seen:
            seen.add(place)
            url = f"{grading.get_absolute_url()}#feedback"
            at = grading.released_at
            yield CourseDate(DateKind.FEEDBACK, place[1], at, grading.prompt, url)


def _of_norms(reader: User, course: Course) -> Iterable[CourseDate]:
    norms = Norm.objects.in_course(course).current().visible_to(reader)
    for day in sorted({course.day_of(norm.accepted_at) for norm in norms}):
        yield CourseDate(DateKind.NORMS, day)
