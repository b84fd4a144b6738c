"""
Fields of CSL as lines of a note, for formats that have no place for them: “medium: audio/mpeg”.

Zotero reads such lines in its field “Extra” and citeproc in a note, names with two bars:
“director: Quill || Ana”. Whoever reads the note by eye understands it as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from blog.citations.csl.dates import CslDate, PartialDate, read_date
from blog.citations.csl.fields import text_of

TEXTS = (
    *("genre", "medium", "number", "issue", "version", "edition", "volume", "container-title"),
    *("collection-number", "chapter-number", "section", "season", "page-first", "status"),
    *("authority", "jurisdiction", "archive", "archive-place", "archive_location"),
    *("event-title", "event", "event-place", "reviewed-title", "reviewed-genre"),
    *("container-title-short", "number-of-pages", "number-of-volumes", "original-title"),
    *("part-number", "part-title", "volume-title", "PMID", "PMCID", "ISBN", "ISSN"),
)
ROLES = (
    *("author", "editor", "translator", "director", "host", "guest", "producer", "composer"),
    *("illustrator", "interviewer", "narrator", "chair", "curator", "compiler", "organizer"),
    *("script-writer", "executive-producer", "series-creator", "collection-editor"),
    *("container-author", "editorial-director", "reviewed-author", "recipient", "contributor"),
)
DATES = ("issued", "accessed", "original-date", "event-date", "submitted")
LINE = re.compile(rf"({'|'.join(('type', *TEXTS, *ROLES, *DATES))}): (.+)", re.DOTALL)
BARS = " || "


def note_lines(record: Mapping, fields: Iterable[str]) -> Iterator[str]:
    """Yield the lines of these fields of a record, one for each name of a list."""
    for field in fields:
        if field in ROLES:
            people = record.get(field)
            names = map(_name, people) if isinstance(people, list) else ()
            yield from (f"{field}: {name}" for name in names if name)
        elif text := edtf(record.get(field)) if field in DATES else text_of(record.get(field)):
            yield f"{field}: {text}"


def read_note_lines(lines: Iterable[str]) -> tuple[dict, list[str]]:
    """Return the fields in the lines of a note, and the lines that are none."""
    fields: dict = {}
    others = []
    for line in lines:
        found = LINE.fullmatch(line.strip())
        if not found:
            others.append(line)
        elif found[1] in ROLES:
            fields.setdefault(found[1], []).append(_person(found[2]))
        else:
            fields.setdefault(found[1], found[2])
    return fields, others


def edtf(value: object) -> str:
    """Return a date in EDTF: 2012, 2012-01-12, 2012-21 for spring, 2019/2021, 2015/.., 2012~.

    A date of no calendar, such as “in press”, stays in words.
    """
    when: CslDate = read_date(value)
    if not when.start:
        return when.words
    days = "/".join(_iso(day) for day in (when.start, when.end) if day)
    return days + "/.." * when.ongoing + "~" * when.circa


def padded_year(year: int) -> str:
    """Return a year with four digits, and a sign before the common era."""
    return f"{year:05}" if year < 0 else f"{year:04}"


def _iso(day: PartialDate) -> str:
    parts = [padded_year(day.year), *(f"{part:02}" for part in (day.month, day.day) if part)]
    if day.season:
        parts.append(str(20 + day.season))
    return "-".join(parts)


def whole_name(person: Mapping) -> str:
    """Return a name that is not split, or has one part only; "" for one with a given name."""
    part = {name: text_of(person.get(name)) for name in (*_SPLIT, "literal")}
    if part["literal"] or not part["family"]:
        return part["literal"] or part["given"]
    family = " ".join(filter(None, (part["non-dropping-particle"], part["family"])))
    return "" if part["given"] else ", ".join(filter(None, (family, part["suffix"])))


def _name(person: object) -> str:
    if not isinstance(person, Mapping):
        return ""
    part = {name: text_of(person.get(name)) for name in _SPLIT}
    family = " ".join(filter(None, (part["non-dropping-particle"], part["family"])))
    given = " ".join(filter(None, (part["given"], part["dropping-particle"])))
    return whole_name(person) or BARS.join(filter(None, (family, given, part["suffix"])))


def _person(text: str) -> dict:
    family, given, suffix = ([*(part.strip() for part in text.split("||")), "", ""])[:3]
    return {"family": family, "given": given, "suffix": suffix} if given else {"literal": family}


_SPLIT = ("family", "given", "suffix", "non-dropping-particle", "dropping-particle")
