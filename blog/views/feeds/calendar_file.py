"""Dates → iCalendar (RFC 5545), as calendar programs read it.

Moments are written in UTC, and each program shows them in its reader's zone: a deadline is one
instant, so no rule for daylight saving has to travel with it. Escaping and folding are the
library's.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from blog.models import Prompt
from blog.queries.calendar import CalendarDate, Kind

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Commonplace//Course dates//EN"
ASK_AGAIN_AFTER = timedelta(hours=6)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # RFC 5545 has no way to write these


def as_calendar_file(dates: Iterable[CalendarDate], site_url: str) -> bytes:
    """Return dates as an iCalendar file, the same bytes until one of them changes.

    There is no METHOD: so DTSTAMP is the time of the last change, and not that of the answer.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", _("Course dates"))
    calendar.add("x-wr-calname", _("Course dates"))
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for one in dates:
        calendar.add_component(_event(one, site_url))
    return calendar.to_ical()


def _event(one: CalendarDate, site_url: str) -> Event:
    event = Event()
    event.add("uid", f"{one.uid}@{urlsplit(site_url).hostname}")
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    start, end = _start_and_end(one.at)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _summary(one))
    event.add("description", _description(one))
    event.add("categories", [_one_line(one.course.title)])
    event.add("url", site_url + (one.prompt or one.course).get_absolute_url())
    # A deadline takes no time: whoever looks for a free hour may use this one.
    event.add("transp", "TRANSPARENT")
    return event


def _start_and_end(at: datetime | date) -> tuple[datetime, datetime] | tuple[date, date]:
    """Return the minute of a date, which a deadline includes, or the whole day."""
    if isinstance(at, datetime):
        minute = at.astimezone(UTC).replace(second=0, microsecond=0)
        return minute, minute + MINUTE
    return at, at + DAY


def _summary(one: CalendarDate) -> str:
    words = {
        Kind.OPENS: _("Opens: %(title)s (%(course)s)"),
        Kind.POST: _("Post due: %(title)s (%(course)s)"),
        Kind.CLOSES: _("Closes for late posts: %(title)s (%(course)s)"),
        Kind.COMMENTS: _("Comments due: %(title)s (%(course)s)"),
        Kind.LAST_DAY: _("Last day: %(course)s"),
    }
    title = _one_line(one.prompt.title) if one.prompt else ""
    return words[one.kind] % {"title": title, "course": _one_line(one.course.title)}


def _description(one: CalendarDate) -> str:
    """Return the moment as the course's pages print it, and what is asked for."""
    if one.prompt is None:
        return _("Commenting closes at the end of this day.")
    moment = date_format(one.at.astimezone(one.course.zone), "D j M Y, H:i")
    lines = [
        _("%(moment)s in the time zone of the course, %(zone)s.")
        % {"moment": moment, "zone": one.course.time_zone}
    ]
    if requirements := _requirements(one.prompt, one.kind):
        lines.append(_("Asked for: %(requirements)s.") % {"requirements": requirements})
    return "\n".join(lines)


def _requirements(prompt: Prompt, kind: Kind) -> str:
    if kind != Kind.COMMENTS:
        return prompt.requirements
    return prompt.required_comments if prompt.comments_min else ""


def _one_line(text: str) -> str:
    """Return a title on one line: it is the name of an event."""
    return CONTROLS.sub("", " ".join(text.split()))
