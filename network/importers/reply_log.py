"""Read a reply log: who answered whom, when, in which thread. Pure: no ORM, no request."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

COLUMNS = ("event_id", "src", "dst", "ts", "thread")
# What may stand behind the p of a username.
PERSON = re.compile(r"[A-Za-z0-9_-]{1,50}")


class Event(NamedTuple):
    """One reply; ``at`` is in UTC."""

    key: str
    source: str
    target: str
    at: datetime
    thread: str


class LogError(ValueError):
    """A log that cannot be read; ``line`` counts from 1, the heading included."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"Line {line}: {message}")
        self.line = line


def read_log(path: Path, *, now: datetime) -> list[Event]:
    """Read a CSV file with the columns event_id, src, dst, ts (Unix seconds) and thread.

    Keeps the order of the file. Raises LogError at the first line that is not an event.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            events = list(_read(csv.DictReader(file, strict=True), now))
    except UnicodeDecodeError as error:
        raise LogError(1, f"this is not a UTF-8 text file ({error.reason}).") from error
    if not events:
        raise LogError(1, "there is no event below the heading.")
    return events


def _read(rows: csv.DictReader, now: datetime) -> Iterator[Event]:
    seen: set[str] = set()
    people: dict[str, str] = {}
    try:
        _check_heading(rows.fieldnames)
        for row in rows:
            event = _event(rows.line_num, row, now)
            if event.key in seen:
                raise LogError(rows.line_num, f"event {event.key} stands here twice.")
            seen.add(event.key)
            _check_people(rows.line_num, people, (event.source, event.target))
            yield event
    except csv.Error as error:
        raise LogError(rows.reader.line_num, f"this is not a CSV line ({error}).") from error


def _check_heading(names: Iterable[str] | None) -> None:
    missing = [name for name in COLUMNS if name not in (names or ())]
    if missing:
        raise LogError(1, f"the heading lacks {', '.join(missing)}.")


def _event(line: int, row: dict, now: datetime) -> Event:
    values = [(row[name] or "").strip() for name in COLUMNS]
    key, source, target, moment, thread = values
    if row.get(None) or not all(values):
        raise LogError(line, f"an event has {len(COLUMNS)} values, none of them empty.")
    for person in (source, target):
        if not PERSON.fullmatch(person):
            raise LogError(line, f"{person!r} is no id: letters, digits, - and _, at most 50.")
    try:
        at = datetime.fromtimestamp(int(moment), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise LogError(line, f"{moment!r} is no time in whole Unix seconds.") from error
    if at > now:
        raise LogError(line, f"{at:%Y-%m-%d %H:%M} UTC has not come yet.")
    return Event(key, source, target, at, thread)


def _check_people(line: int, people: dict[str, str], ids: Iterable[str]) -> None:
    """Refuse two ids that differ in case alone: their e-mails would be the same."""
    for person in ids:
        other = people.setdefault(person.lower(), person)
        if other != person:
            raise LogError(line, f"{person!r} and {other!r} differ in case alone.")
