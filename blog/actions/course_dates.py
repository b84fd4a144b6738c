"""Choose the days on which a course closes, leaves the public web, is read-only, and is erased."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, User, claim_version
from blog.models.course_notices import forget_notices
from blog.models.courses import DATES_AHEAD, ERASED_ON, GRADES_NAMED_FOR, TOLD_DAYS_AHEAD


class SavedDays(NamedTuple):
    """The days that were changed, and whether people who were told of one are told again."""

    changed: list[str]
    is_told: bool


def change_course_dates(course: Course, *, by: User) -> SavedDays:
    """Save the days on which ``tick`` will change a course; an empty one takes it back.

    Raises Refused for a new day that comes before its people could be told, and StaleVersion if
    somebody else saved the course since it was loaded.
    """
    access.require(access.can_edit_course(by, course))
    before = Course.objects.get(pk=course.pk)
    earliest = course.today() + timedelta(days=TOLD_DAYS_AHEAD[-1])
    changed = [field for field in DATES_AHEAD if getattr(course, field) != getattr(before, field)]
    for field in changed:
        day = getattr(course, field)
        if day is not None and day < earliest:
            raise Refused(
                _("Choose a day at least %(days)d days ahead, so that everyone is told in time.")
                % {"days": TOLD_DAYS_AHEAD[-1]},
                field=field,
            )
    return _save(course, before, changed, by=by)


def choose_day_to_erase(course: Course, *, by: User) -> SavedDays:
    """Save the day on which ``tick`` will erase a course; an empty one takes it back.

    Raises Refused for a day on which its grades have to be kept still, or that comes before its
    people could be told twice; and StaleVersion if somebody else saved the course since it was
    loaded, or if it is being erased.
    """
    access.require(
        access.can_erase_course(by, course), _("Only instructors can have a course erased.")
    )
    before = Course.objects.get(pk=course.pk)
    day, earliest = course.erased_on, before.earliest_erased_on
    if day == before.erased_on:
        return SavedDays([], is_told=False)
    if day is not None and day < earliest:
        message = _(
            "Choose %(day)s or a later day. Grades have to stay for %(stay)d days after the "
            "course’s last day and after the last change of a grade, and everyone is told "
            "%(told)d days before."
        )
        told = {
            "day": date_format(earliest, "j F Y"),
            "stay": GRADES_NAMED_FOR.days,
            "told": TOLD_DAYS_AHEAD[0],
        }
        raise Refused(message % told, field=ERASED_ON)
    return _save(course, before, [ERASED_ON], by=by)


def _save(course: Course, before: Course, changed: list[str], *, by: User) -> SavedDays:
    if not changed:
        return SavedDays([], is_told=False)
    with transaction.atomic():
        claim_version(course)
        course.save(update_fields=changed)
        told = [
            forget_notices(course, field, day)
            for field in changed
            if (day := getattr(before, field)) is not None
        ]
        days = {field: str(getattr(course, field) or "") for field in changed}
        earlier = {field: str(getattr(before, field) or "") for field in changed}
        said = {"before": earlier, "days": course.days}
        AuditEvent.record("course_dates_changed", course, by=by, course=course, **said, **days)
    return SavedDays(changed, is_told=any(told))
