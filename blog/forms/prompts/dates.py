"""Fields for the dates of prompts, and the errors in dates."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, tzinfo

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.models import Course
from blog.models.prompt_dates import DATES
from blog.setup_files.fields import FIRST_YEAR, LAST_YEAR


class MinuteInput(forms.DateTimeInput):
    """A date and a minute, in the course's zone, which ``in_course`` makes the active one."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class MinuteField(forms.DateTimeField):
    """A date and a minute; one that the clocks skip or show twice is refused in words."""

    widget = MinuteInput

    def to_python(self, value):
        try:
            moment = super().to_python(value)
        except forms.ValidationError as error:
            sent = _parsed(value)
            message = clock_change(sent) if sent else ""
            raise forms.ValidationError(message) if message else error from None
        if message := moment and year_error(moment):
            raise forms.ValidationError(message)
        return moment


class DayField(forms.DateField):
    """A day that is a date in every zone."""

    def to_python(self, value):
        day = super().to_python(value)
        if message := day and year_error(day):
            raise forms.ValidationError(message)
        return day


def _parsed(value) -> datetime | None:
    try:
        return parse_datetime(str(value).strip())
    except ValueError:
        return None


def year_error(day: date) -> str:
    """Return the error in the year of a day or a moment, "" for none.

    At the ends of the calendar another zone, or a day more, would be no date at all.
    """
    return "" if FIRST_YEAR <= day.year <= LAST_YEAR else _("This day is too far away.")


def clock_change(clock_time: datetime, zone: tzinfo | None = None) -> str:
    """Return the error in a clock time, "" for none.

    The clock is that of ``zone``, or of the active one.
    """
    zone = zone or timezone.get_current_timezone()
    first, second = (clock_time.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first is None or second is None or first == second:
        return ""
    if first < second:
        message = _(
            "The clocks go forward on %(day)s, so there is no %(time)s on that day. Choose another "
            "time."
        )
    else:
        message = _(
            "The clocks go back on %(day)s, so %(time)s comes twice on that day. Choose another "
            "time."
        )
    return message % {
        "day": date_format(clock_time, "D j M Y"),
        "time": date_format(clock_time, "H:i"),
    }


def date_errors(
    course: Course, dates: Mapping[str, datetime | None], new: Collection[str]
) -> dict[str, str]:
    """Return the errors in the dates of a prompt, by field.

    Only ``new`` ones must be within the course: its days may have changed since the others.
    """
    errors = {}
    opens, due, comments_due = (dates.get(name) for name in DATES)
    if opens and due and due <= opens:
        errors["due_at"] = _("The due date must be after the prompt opens.")
    if due and comments_due and comments_due < due:
        errors["comments_due_at"] = _("Comments cannot be due before posts.")
    for name in DATES:
        moment = dates.get(name)
        if moment and name in new and (message := _outside(course, name, moment)):
            errors[name] = message
    return errors


def _outside(course: Course, name: str, moment: datetime) -> str:
    """Return why a date is not within its course; a prompt may open before the first day."""
    if course.day_of(moment) > course.ends_on:
        message = _(
            "The course ends on %(day)s. Choose an earlier date, or change the last day in "
            "the settings first."
        )
        return message % {"day": date_format(course.ends_on, "D j M Y")}
    if name != "opens_at" and course.day_of(moment) < course.starts_on:
        message = _(
            "The course begins on %(day)s. Choose a later date, or change the first day in "
            "the settings first."
        )
        return message % {"day": date_format(course.starts_on, "D j M Y")}
    return ""
