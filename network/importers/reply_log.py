"""Read a reply log: who replied to whom, when, in which thread. Pure: no ORM, no request.

Logs come from spreadsheets, data frames and databases: what all of them could mean by a line is
read, and what a line could mean in two ways is refused, with its number.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.text.lists import comma_list

COLUMNS = ("event_id", "src", "dst", "ts", "thread")
DELIMITERS = (",", ";", "\t", "|")
# Excel's first line, which names the separator of the columns.
SEPARATOR_LINE = re.compile(r'"?sep=(\\t|[,;\t|])"?[ \t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
# What may follow the p of a username.
PERSON_ID = re.compile(r"[A-Za-z0-9_-]{1,50}")
# Whole numbers that a data frame has written as decimals.
WHOLE_DECIMAL = re.compile(r"([0-9]+)\.0+")
NUMBER = re.compile(r"[0-9]{1,20}(?:[.,][0-9]{1,20})?")
SHORTENED_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
# As seconds this would be in the year 5138, so it is in milliseconds.
FIRST_MILLISECONDS = 10**11
NOT_UTF_8 = gettext_lazy("this is not UTF-8. Save the file with the encoding UTF-8.")
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Event(NamedTuple):
    """One reply; ``at`` is in UTC."""

    key: str
    source: str
    target: str
    at: datetime
    thread: str


class LogError(ValueError):
    """A reply log that cannot be read; ``line`` counts from 1, the heading included."""

    def __init__(self, line: int, message: object) -> None:
        super().__init__(_("Line %(line)d: %(message)s") % {"line": line, "message": message})
        self.line = line


class Rows(NamedTuple):
    """The lines below the heading, and where each column of the log is in them."""

    reader: Any  # of csv, whose type has no name
    places: dict[str, int]
    width: int
    lines_before: int

    @property
    def line(self) -> int:
        return self.lines_before + self.reader.line_num


def read_log(path: Path, *, now: datetime, zone: tzinfo = UTC) -> list[Event]:
    """Read a table with the columns event_id, src, dst, ts and thread, in the order of the file.

    ``ts`` is in Unix seconds, or from 10^11 on in milliseconds, or a time in ISO 8601, which is of
    ``zone`` where it names none. Raises LogError at the first line that is not an event.
    """
    events = list(_read(_decode(path.read_bytes()), now, zone))
    if not events:
        raise LogError(1, _("there are no events below the heading."))
    return events


def _decode(data: bytes) -> str:
    encoding = UTF_16.get(data[:2], "utf-8-sig")
    if encoding != "utf-8-sig":
        data = data[2:]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise LogError(before.count("\n") + 1, NOT_UTF_8) from error
    if "\0" in text:
        raise LogError(text[: text.index("\0")].count("\n") + 1, NOT_UTF_8)
    return text


def _read(text: str, now: datetime, zone: tzinfo) -> Iterator[Event]:
    seen: set[str] = set()
    people: dict[str, str] = {}
    rows = _rows(text)
    try:
        for cells in rows.reader:
            if not any(cell.strip() for cell in cells):
                continue
            event = _event(rows, cells, now, zone)
            if event.key in seen:
                raise LogError(rows.line, _("event_id %s occurs twice.") % event.key)
            seen.add(event.key)
            _check_people(rows.line, people, (event.source, event.target))
            yield event
    except csv.Error as error:
        message = _("this is not a line of CSV (%s).") % error
        raise LogError(rows.line, message) from error


# The heading


def _rows(text: str) -> Rows:
    """Find the separator of the columns, and the place of each."""
    declared = SEPARATOR_LINE.match(text)
    body = text[declared.end() :] if declared else text
    named = declared[1].replace("\\t", "\t") if declared else ""
    reader, heading = _reader_of(body, named)
    names = [_name_of(cell) for cell in heading]
    line = 2 if declared else 1
    _check_heading(line, names, heading)
    places = {name: names.index(name) for name in COLUMNS}
    return Rows(reader, places, len(names), line - 1)


def _reader_of(text: str, named: str) -> tuple[Any, list[str]]:
    """Return a reader under the delimiter that shows most of the columns, and the heading."""
    found: list[tuple[int, Any, list[str]]] = []
    for delimiter in [named] if named else DELIMITERS:
        reader = csv.reader(
            StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
        )
        try:
            heading = next(reader, [])
        except csv.Error as error:
            broken = error
            continue
        known = len({_name_of(cell) for cell in heading} & set(COLUMNS))
        found.append((known, reader, heading))
    if not found:
        raise LogError(1, _("this is not a line of CSV (%s).") % broken) from broken
    _known, reader, heading = max(found, key=lambda one: one[0])
    return reader, heading


def _name_of(cell: str) -> str:
    return cell.strip().lower()


def _check_heading(line: int, names: list[str], heading: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise LogError(line, " ".join([_lacking(missing), _cause(names, heading)]))
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise LogError(line, _("the heading has the column %s twice.") % twice[0])


def _lacking(missing: list[str]) -> str:
    return ngettext(
        "the heading lacks the column %(names)s.",
        "the heading lacks the columns %(names)s.",
        len(missing),
    ) % {"names": comma_list(missing)}


def _cause(names: list[str], heading: list[str]) -> str:
    """Return why columns are missing, as far as the heading tells."""
    if not any(names):
        return _("The first line is empty. It has to name the columns.")
    if len(names) == 1 and all(name in names[0] for name in COLUMNS):
        return _("Put commas, semicolons or tabs between the columns.")
    if not set(names) & set(COLUMNS):
        found = comma_list(cell.strip() for cell in heading[:6])
        return _("The first line has to name the columns, and it is: %s") % found
    return _("Its columns are: %s.") % comma_list(cell.strip() for cell in heading)


# The lines


def _event(rows: Rows, cells: list[str], now: datetime, zone: tzinfo) -> Event:
    line = rows.line
    values = [
        cells[rows.places[name]].strip() if rows.places[name] < len(cells) else ""
        for name in COLUMNS
    ]
    if not all(values) or any(cell.strip() for cell in cells[rows.width :]):
        _refuse_width(line, cells, values)
    key, source, target, moment, thread = values
    source, target = (_person(line, person) for person in (source, target))
    at = _moment(line, moment, zone)
    if at > now:
        raise LogError(line, _("%s UTC is in the future.") % f"{at:%Y-%m-%d %H:%M}")
    return Event(key, source, target, at, thread)


def _refuse_width(line: int, cells: list[str], values: list[str]) -> None:
    empty = [name for name, value in zip(COLUMNS, values, strict=True) if not value]
    count = len([cell for cell in cells if cell.strip()])
    message = ngettext(
        "this line has %(count)d value; %(needed)d are needed, none empty.",
        "this line has %(count)d values; %(needed)d are needed, none empty.",
        count,
    ) % {"count": count, "needed": len(COLUMNS)}
    if empty:
        message += " " + _("Empty: %s.") % comma_list(empty)
    raise LogError(line, message)


def _person(line: int, text: str) -> str:
    """Return a person's id; 360.0 is that of 360, and '-x, as a table for Excel has it, of -x."""
    whole = WHOLE_DECIMAL.fullmatch(text)
    person = whole[1] if whole else text.removeprefix("'")
    if not PERSON_ID.fullmatch(person):
        message = _("%r is not an id. Use letters and digits, - or _, at most 50 of them.")
        raise LogError(line, message % person)
    return person


def _moment(line: int, text: str, zone: tzinfo) -> datetime:
    try:
        return _number(text) if NUMBER.fullmatch(text) else _iso(text, zone)
    except (ValueError, OverflowError, OSError) as error:
        if SHORTENED_NUMBER.fullmatch(text):
            message = _(
                "a spreadsheet has shortened ts to %r. Show the column as a number without "
                "decimals, and save the file again."
            )
        else:
            message = _(
                "ts must be Unix seconds such as 1767607200, milliseconds, or a time such as "
                "2026-01-05T10:00:00, not %r."
            )
        raise LogError(line, message % text) from error


def _number(text: str) -> datetime:
    number = Decimal(text.replace(",", "."))
    if number >= FIRST_MILLISECONDS:
        number /= 1000
    return datetime.fromtimestamp(float(number), UTC)


def _iso(text: str, zone: tzinfo) -> datetime:
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _check_people(line: int, people: dict[str, str], ids: Iterable[str]) -> None:
    """Refuse two ids that differ in case only: their e-mails would be the same."""
    for person in ids:
        other = people.setdefault(person.lower(), person)
        if other != person:
            message = _("the ids %(one)r and %(other)r differ only in upper and lower case.")
            raise LogError(line, message % {"one": person, "other": other})
