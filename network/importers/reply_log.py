"""Read a reply log: who replied to whom, when, in which thread. Pure: no ORM, no request."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

COLUMNS = ("event_id", "src", "dst", "ts", "thread")
# What may follow the p of a username.
PERSON_ID = re.compile(r"[A-Za-z0-9_-]{1,50}")


class Event(NamedTuple):
    """One reply; ``at`` is in UTC."""

    key: str
    source: str
    target: str
    at: datetime
    thread: str


class LogError(ValueError):
    """A reply log that cannot be read; ``line`` counts from 1, the heading included."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(_("Line %(line)d: %(message)s") % {"line": line, "message": message})
        self.line = line


def read_log(path: Path, *, now: datetime) -> list[Event]:
    """Read a CSV file with the columns event_id, src, dst, ts (Unix seconds) and thread.

    Keeps the order of the file. Raises LogError at the first line that is not an event.
    """
    file = StringIO(_decode(path.read_bytes()), newline="")
    events = list(_read(csv.DictReader(file, strict=True), now))
    if not events:
        raise LogError(1, _("there are no events below the heading."))
    return events


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = _("this is not UTF-8. Save the file with the encoding UTF-8.")
        raise LogError(line, message) from error


def _read(rows: csv.DictReader, now: datetime) -> Iterator[Event]:
    seen: set[str] = set()
    people: dict[str, str] = {}
    try:
        _check_heading(rows.fieldnames)
        for row in rows:
            event = _event(rows.line_num, row, now)
            if event.key in seen:
                raise LogError(rows.line_num, _("event_id %s occurs twice.") % event.key)
            seen.add(event.key)
            _check_people(rows.line_num, people, (event.source, event.target))
            yield event
    except csv.Error as error:
        message = _("this is not a line of CSV (%s).") % error
        raise LogError(rows.reader.line_num, message) from error


def _check_heading(names: Iterable[str] | None) -> None:
    missing = [name for name in COLUMNS if name not in (names or ())]
    if missing:
        raise LogError(
            1,
            ngettext(
                "the heading lacks the column %(names)s; columns are separated by commas.",
                "the heading lacks the columns %(names)s; columns are separated by commas.",
                len(missing),
            )
            % {"names": ", ".join(missing)},
        )


def _event(line: int, row: dict, now: datetime) -> Event:
    values = [(row[name] or "").strip() for name in COLUMNS]
    key, source, target, moment, thread = values
    if row.get(None) or not all(values):
        count = len([value for value in values if value]) + len(row.get(None) or ())
        raise LogError(
            line,
            ngettext(
                "this line has %(count)d value; %(needed)d are needed, none empty.",
                "this line has %(count)d values; %(needed)d are needed, none empty.",
                count,
            )
            % {"count": count, "needed": len(COLUMNS)},
        )
    for person in (source, target):
        if not PERSON_ID.fullmatch(person):
            message = _("%r is not an id. Use letters and digits, - or _, at most 50 of them.")
            raise LogError(line, message % person)
    try:
        at = datetime.fromtimestamp(int(moment), UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = _("ts must be whole Unix seconds such as 1767607200, not %r.") % moment
        raise LogError(line, message) from error
    if at > now:
        raise LogError(line, _("%s UTC is in the future.") % f"{at:%Y-%m-%d %H:%M}")
    return Event(key, source, target, at, thread)


def _check_people(line: int, people: dict[str, str], ids: Iterable[str]) -> None:
    """Refuse two ids that differ in case only: their e-mails would be the same."""
    for person in ids:
        other = people.setdefault(person.lower(), person)
        if other != person:
            message = _("the ids %(one)r and %(other)r differ only in upper and lower case.")
            raise LogError(line, message % {"one": person, "other": other})
