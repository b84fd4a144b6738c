"""Change courses on the dates their instructors chose, and tell their people in time."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from blog.models import Audience, AuditEvent, Course, Post, revocations
from blog.models.course_notices import forget_notices, queue_notice
from blog.models.courses import (
    ALL_DATES,
    DATES_AHEAD,
    ERASED_ON,
    TOLD_DAYS_AHEAD,
)


def days_from_now(days: int) -> date:
    """Return the day that it is in so many days, in UTC."""
    return timezone.now().date() + timedelta(days=days)


def change_courses_on_their_dates() -> int:
    """Make each change whose day has come in its course's zone; return their number.

    The day is emptied in the same transaction, by who finds it as it was: of two ticks one does it,
    and an instructor who took it back in time has taken it back.
    """
    tomorrow, changed = days_from_now(1), 0  # somewhere it is tomorrow already
    for field in DATES_AHEAD:
        ahead = Course.objects.not_erasing().filter(**{f"{field}__lte": tomorrow})
        for course in ahead.order_by("pk"):
            day = getattr(course, field)
            if day <= course.today():
                changed += change_course_on_date(course, field, day)
    return changed


def tell_of_course_dates() -> int:
    """Queue the mails that say what will change, 30 and 7 days ahead; return their number.

    Nobody has one twice. Who is told late, since the day was chosen late, has the next notice
    alone. Nothing is erased of which nobody was told in time: then that day moves.
    """
    until, told = days_from_now(TOLD_DAYS_AHEAD[0] + 1), 0
    shown = Course.objects.not_erasing().order_by("pk")
    for field in ALL_DATES:
        for course in shown.filter(**{f"{field}__lte": until}):
            if field == ERASED_ON:
                _leave_time_to_tell(course)
            day = getattr(course, field)
            left = (day - course.today()).days
            due = [days for days in TOLD_DAYS_AHEAD if 0 < left <= days]
            if due:
                told += _tell(course, field, day, min(due))
    return told


def was_told(course: Course) -> bool:
    """Return whether the people of a course have the last notice of the day that erases it."""
    notice = f"{ERASED_ON} {course.erased_on} {TOLD_DAYS_AHEAD[-1]}"
    return notice in course.dates_told.splitlines()


def tell_again_of_erasing() -> None:
    """Clear, after a restore, the record of people told of a day that erases a course.

    It may have been taken back since the backup. People are told once more, a week ahead.
    """
    for course in Course.objects.not_erasing().exclude(dates_told=""):
        told = course.dates_told.splitlines(keepends=True)
        left = "".join(line for line in told if not line.startswith(f"{ERASED_ON} "))
        if left != course.dates_told:
            Course.objects.filter(pk=course.pk).update(dates_told=left)


def _leave_time_to_tell(course: Course) -> None:
    """Move the day that erases a course, if it is too early.

    No ``tick`` came by in time to tell its people, or its grades have to be kept for longer: one
    was changed meanwhile, or a restore has brought back a later last day.
    """
    day, kept_until = course.erased_on, course.grades_kept_until
    earliest = max(kept_until, course.today() + timedelta(days=TOLD_DAYS_AHEAD[-1]))
    if day is None or day >= earliest or (day >= kept_until and was_told(course)):
        return
    with transaction.atomic():
        stored = Course.objects.select_for_update().filter(pk=course.pk, erased_on=day)
        if stored.exists():
            stored.update(erased_on=earliest, version=F("version") + 1)
            course.erased_on = earliest
            forget_notices(course, ERASED_ON, day)
            moved = {"before": {ERASED_ON: str(day)}, ERASED_ON: str(earliest)}
            told = {"days": course.days, **moved}
            AuditEvent.record("course_dates_changed", course, by=None, course=course, **told)
    course.erased_on = earliest


def change_course_on_date(course: Course, field: str, day: date) -> int:
    """Make one change of a course, if its day is still the one that it was read with."""
    with transaction.atomic():
        if field == "public_ends_on":  # posts are locked before their course
            posts = Post.objects.in_course(course)
            list(posts.select_for_update(no_key=True).order_by("pk").values("pk"))
        stored = Course.objects.select_for_update().filter(pk=course.pk, **{field: day})
        if not stored.exists():
            return 0
        # A form that is open meanwhile must not write back what the day has ended.
        values: dict[str, object] = {field: None, "version": F("version") + 1}
        if field == "closes_on":
            values["can_be_joined"] = False
            for invitation in course.invitations.open().select_related("course"):
                revocations.withdraw_invitation(invitation, by=None)
        elif field == "public_ends_on":
            revocations.end_public_view(course)
            values["widest_audience"] = min(course.widest_audience, Audience.COURSE)
            values["default_audience"] = min(course.default_audience, Audience.COURSE)
        elif course.archived_at is None:
            values["archived_at"] = timezone.now()
        Course.objects.filter(pk=course.pk).update(**values)
        told = {"field": field, "day": str(day)}
        AuditEvent.record("course_date_came", course, by=None, course=course, **told)
    return 1


def _tell(course: Course, field: str, day: date, days: int) -> int:
    """Queue one notice of a change, unless its people had it already.

    The course remembers that, as its row is locked: mails that were sent are deleted some day.
    """
    notice = f"{field} {day} {days}"
    with transaction.atomic():
        rows = Course.objects.select_for_update(no_key=True).filter(pk=course.pk, **{field: day})
        stored = rows.first()
        if stored is None or notice in stored.dates_told.splitlines():
            return 0
        rows.update(dates_told=f"{stored.dates_told}{notice}\n")
        return queue_notice(course, field, day, days)
