"""Dates in a course's time zone: short, and with the year unless it is this one.

A deadline belongs to the course, not to the reader: everybody sees "Sun 18 Oct, 23:59" for
the same instant, wherever they travel. Without a course the reader's active zone is used.
"""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

register = template.Library()


def in_zone(value: dt.date | dt.datetime, course=None) -> dt.date | dt.datetime:
    """Move an aware datetime to the course's zone; a plain date has no zone and stays."""
    if not isinstance(value, dt.datetime) or value.utcoffset() is None:
        return value
    if course:
        return value.astimezone(ZoneInfo(str(course.time_zone)))
    return timezone.localtime(value)


def today(course=None) -> dt.date:
    """Return today's date in the course's zone."""
    return in_zone(timezone.now(), course).date()


@register.filter
def on_day(value: dt.date | dt.datetime | None, course=None) -> str:
    """Format a day: "Sun 18 Oct", with the year if it is not this one."""
    if not value:
        return ""
    return _day(in_zone(value, course), course)


@register.filter
def at_time(value: dt.datetime | None, course=None) -> str:
    """Format a day and a time: "Sun 18 Oct, 23:59"."""
    return _minute(in_zone(value, course), course) if value else ""


@register.filter
def clock_time(value: dt.datetime, course=None) -> str:
    """Format a time without its day: "23:59"."""
    return _clock(in_zone(value, course))


@register.simple_tag(takes_context=True)
def own_time(context, value: dt.datetime | None, course) -> str:
    """Format the same time in the reader's own zone, if that shows something else."""
    own = _in_own_zone(value, course, context.get("user")) if value else None
    return gettext("%(moment)s your time") % {"moment": _minute(own, course)} if own else ""


def saving_time(value: dt.datetime, course, user) -> str:
    """Format when a person saved, for themselves, with its day unless that is today.

    "23:59" or "Sun 18 Oct, 23:59"; "16:59 your time" if their own zone shows something else.
    """
    own = _in_own_zone(value, course, user)
    local = own or in_zone(value, course)
    words = _clock(local) if local.date() == _now(local).date() else _minute(local, course)
    return gettext("%(moment)s your time") % {"moment": words} if own else words


def brief_saving_time(value: dt.datetime, course, user) -> str:
    """Format the same for a narrow screen: "16:59", or the day alone, "18 Oct"."""
    local = _in_own_zone(value, course, user) or in_zone(value, course)
    now = _now(local).date()
    return _clock(local) if local.date() == now else _dated(local.date(), now)


@register.simple_tag(takes_context=True)
def saved_at(context, value: dt.datetime, course) -> str:
    """Format when the reader saved."""
    return saving_time(value, course, context["user"])


@register.simple_tag(takes_context=True)
def saved_at_brief(context, value: dt.datetime, course) -> str:
    """Format when the reader saved, for a narrow screen."""
    return brief_saving_time(value, course, context["user"])


@register.simple_tag
def day_range(first: dt.date | dt.datetime, last: dt.date | dt.datetime, course=None) -> str:
    """Format a range of days, saying once what both ends share: "12–18 Oct", "28 Sep–4 Oct"."""
    start, end = in_zone(first, course), in_zone(last, course)
    year = " Y" if end.year != today(course).year or start.year != end.year else ""
    if (start.year, start.month, start.day) == (end.year, end.month, end.day):
        return formats.date_format(end, "j M" + year)
    if (start.year, start.month) == (end.year, end.month):
        head = "j"
    else:
        head = "j M" if start.year == end.year else "j M Y"
    return formats.date_format(start, head) + "–" + formats.date_format(end, "j M" + year)


@register.simple_tag
def day(value: dt.date | dt.datetime | None, course=None, css="") -> SafeString | str:
    """Mark up a day: ``<time datetime="2026-10-18">Sun 18 Oct</time>``; ``css`` is its class."""
    if not value:
        return ""
    local = in_zone(value, course)
    date = local.date() if isinstance(local, dt.datetime) else local
    return _time(date.isoformat(), _day(date, course), css)


@register.simple_tag
def moment(value: dt.datetime | None, course=None, css="") -> SafeString | str:
    """Mark up a day and a time, with the offset for machines: deadlines, versions."""
    if not value:
        return ""
    local = in_zone(value, course)
    return _time(local.isoformat(timespec="minutes"), _minute(local, course), css)


@register.simple_tag
def course_week(course) -> str:
    """Return the week of the course today: "Week 6 of 12", or when it starts or ended."""
    now = today(course)
    if now < course.starts_on:
        return gettext("Starts %(day)s") % {"day": _dated(course.starts_on, now)}
    if now > course.ends_on:
        return gettext("Ended %(day)s") % {"day": _dated(course.ends_on, now)}
    week = (now - course.starts_on).days // 7 + 1
    weeks = (course.ends_on - course.starts_on).days // 7 + 1
    return gettext("Week %(week)d of %(weeks)d") % {"week": week, "weeks": weeks}


@lru_cache(maxsize=5000)
def _time(machine: str, words: str, css: str) -> SafeString:
    css_class = f' class="{escape(css)}"' if css else ""
    return mark_safe(f'<time{css_class} datetime="{machine}">{escape(words)}</time>')


def _in_own_zone(value: dt.datetime, course, user) -> dt.datetime | None:
    """Move a time to a person's own zone; return None if the course's shows the same.

    UTC counts as no choice: it is the default of a new account.
    """
    zone = getattr(user, "time_zone", "UTC")
    if zone == "UTC":
        return None
    own = timezone.localtime(value, ZoneInfo(zone))
    return None if own.utcoffset() == in_zone(value, course).utcoffset() else own


def _now(local: dt.datetime) -> dt.datetime:
    """Return the time it is now in the zone of another."""
    return timezone.localtime(timezone.now(), local.tzinfo)


def _day(local: dt.date | dt.datetime, course=None) -> str:
    date = local.date() if isinstance(local, dt.datetime) else local
    return _day_in(get_language(), date, date.year != today(course).year)


def _minute(local: dt.datetime, course=None) -> str:
    is_other_year = local.year != today(course).year
    clock = dt.time(local.hour, local.minute)
    return _minute_in(get_language(), local.date(), clock, is_other_year)


def _clock(local: dt.datetime) -> str:
    return _clock_in(get_language(), dt.time(local.hour, local.minute))


# A page has dozens of dates, of few days, and each look-up of a format costs a tenth of one.
@lru_cache(maxsize=2000)
def _day_in(_language: str | None, date: dt.date, has_year: bool) -> str:
    if has_year:
        return formats.date_format(date, pgettext("date format, day and year", "D j M Y"))
    return formats.date_format(date, pgettext("date format, day", "D j M"))


@lru_cache(maxsize=5000)
def _minute_in(language: str | None, date: dt.date, time: dt.time, has_year: bool) -> str:
    words = {"day": _day_in(language, date, has_year), "time": _clock_in(language, time)}
    return gettext("%(day)s, %(time)s") % words


@lru_cache(maxsize=24 * 60)
def _clock_in(_language: str | None, time: dt.time) -> str:
    return formats.time_format(time, pgettext("time format", "H:i"))


def _dated(date: dt.date, now: dt.date) -> str:
    """Format a day without its weekday, with its year if that is not this one."""
    return formats.date_format(date, "j M" if date.year == now.year else "j M Y")
