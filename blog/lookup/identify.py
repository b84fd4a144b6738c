"""
Identify a pasted text: a DOI, an address, an ISBN, several of these, a bibliography, or lines of a
list.

Pure: no service is asked, so this works while all of them are down.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from blog.citations.matching import distinct_works
from blog.citations.parsers import is_bibliography, read_references
from blog.citations.parsers.csl_json import IDENTIFYING_FIELDS, PEOPLE
from blog.citations.parsers.reference_line import read_reference, whole_entries
from blog.exceptions import ReadError
from blog.lookup.identifiers import Kind, identifiers_inside, is_isbn, read_identifier, same_book

__all__ = ["Kind", "Pasted", "identify", "is_isbn"]

MAX_TEXT_CHARS = 200_000
MAX_LINES = 4_000  # of what is no bibliography: each is read
MAX_IDENTIFIERS = 100
# A record without any of these is an identifier, whatever else its file says.
DESCRIBING_FIELDS = {*IDENTIFYING_FIELDS, *PEOPLE} - {"DOI", "URL"}
# A tab lies between the cells of a table; any other run of blanks is one.
BLANKS = re.compile(r"[^\S\t]+")
BETWEEN = re.compile(
    r"\s*[,;|\t；，、]\s*|\s+(?:and|&)\s+|\s+(?=PMC?ID\b)"
    r"|(?<=\w)(?<!doi)\s+(?=10\.\d{4,9}/)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Pasted:
    """A pasted text by kind.

    ``value`` is the DOI, address or ISBN; ``records`` is the CSL-JSON of a bibliography or of the
    ``lines`` of a list, without the entries or lines that are ``unread``. ``named`` are the
    identifiers among the words of an unread line. ``parts`` are several things in their order,
    each of a kind of its own.
    """

    kind: Kind
    value: str = ""
    records: tuple[dict, ...] = ()
    lines: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    named: tuple["Pasted", ...] = ()
    parts: tuple["Pasted", ...] = ()


def identify(text: str) -> Pasted:
    """Identify a pasted text. Raises ``ReadError``, with the line where it is known."""
    if len(text) > MAX_TEXT_CHARS:
        raise ReadError(_("This is too long for one list of references. Paste it in parts."))
    text = text.replace("\x00", "").strip("\ufeff \t\r\n")
    if not text:
        raise ReadError(_("There is no text here. Paste a reference, or type it in."))
    if is_bibliography(text):
        unread: list[str] = []
        records = distinct_works(read_references(text, unread))
        return _bibliography(records, unread)
    if one := read_identifier(text):
        return Pasted(one.kind, one.value)
    if sum(not line.isspace() for line in text.splitlines()) > MAX_LINES:
        raise ReadError(_("This is too long for one list of references. Paste it in parts."))
    read = cache(read_reference)  # splitting a list reads its lines too
    parts = _identifiers(text) or _parts(whole_entries(text, read), read)
    if not parts:
        raise ReadError(_("We found no reference in this text. Check that you copied all of it."))
    _require_one(parts)
    return _together(_without_repeats(parts))


def _bibliography(records: list[dict], unread: list[str]) -> Pasted:
    """Return the records of a file; those with an identifier alone are to be looked up by it."""
    named = [one for one in map(_identifier_alone, records) if one]
    if named and len(named) == len(records) and not unread:
        return _together(_without_repeats(named))
    return Pasted(
        Kind.BIBLIOGRAPHY,
        records=tuple(record for record in records if not _identifier_alone(record)),
        unread=(*unread, *(one.value or one.lines[0] for one in named)),
    )


def _identifier_alone(record: dict) -> Pasted | None:
    """Return the identifier of a record that has neither a title nor anybody’s name."""
    if any(record.get(field) for field in DESCRIBING_FIELDS):
        return None
    return _identifier(record.get("DOI") or record.get("ISBN") or record.get("URL") or "")


def _identifiers(text: str) -> list[Pasted]:
    """Return the identifiers that a text consists of, [] if anything else is in it."""
    found: list[Pasted] = []
    for line in filter(str.strip, text.splitlines()):
        pieces = _identifiers_of_line(BLANKS.sub(" ", line))
        if not pieces or len(found) > MAX_IDENTIFIERS:
            return []
        found += pieces
    return found


def _identifiers_of_line(line: str) -> list[Pasted]:
    """Return the identifiers of a line, between which commas, bars or spaces may stand."""
    if one := _identifier(line):
        return [one]
    found: list[Pasted] = []
    for piece in filter(str.strip, BETWEEN.split(line)):
        if one := _identifier(piece):
            found.append(one)
            continue
        words = piece.split()
        if len(words) < 2:
            return []
        for word in words:
            one = _identifier(word)
            if one is None:
                return []
            found.append(one)
    return found


def _identifier(text: str) -> Pasted | None:
    """Return the identifier that a text is; one that is refused is a line that is not read."""
    try:
        one = read_identifier(text)
    except ReadError:
        return Pasted(Kind.LINES, lines=(text.strip(),), unread=(text.strip(),))
    return Pasted(one.kind, one.value) if one else None


def main_part(pasted: Pasted) -> Pasted:
    """Return the part with which the form begins: the first that was read, or else the first."""
    parts = pasted.parts or (pasted,)
    return next((part for part in parts if not part.unread), parts[0])


def _require_one(parts: list[Pasted]) -> None:
    """Raise the ``ReadError`` of the first identifier if nothing is beside those refused."""
    if all(part.unread for part in parts):
        for part in parts:
            read_identifier(part.lines[0])


def _parts(lines: list[str], read: Callable[[str], dict]) -> list[Pasted]:
    """Return the kind of each line of a list: an identifier, or an entry, read or not."""
    parts = []
    for line in lines:
        if one := _identifier(line):
            parts.append(one)
        elif record := read(line):
            parts.append(Pasted(Kind.LINES, records=(dict(record),), lines=(line,)))
        else:
            named = tuple(Pasted(one.kind, one.value) for one in identifiers_inside(line))
            whole = Pasted(Kind.LINES, lines=(line,), unread=(line,), named=named)
            parts += named if len(named) > 1 else [whole]
    return parts


def _without_repeats(parts: Iterable[Pasted]) -> list[Pasted]:
    """Return each identifier once; the two ISBNs of a book are one."""
    seen, result = set(), []
    for part in parts:
        what = same_book(part.value) if part.kind is Kind.ISBN else part.value
        if not what or (part.kind, what) not in seen:
            result.append(part)
        seen.add((part.kind, what))
    return result


def _together(parts: list[Pasted]) -> Pasted:
    """Return one thing as itself, lines as one list, and anything else as several."""
    if len(parts) == 1:
        return parts[0]
    if any(part.kind is not Kind.LINES for part in parts):
        return Pasted(Kind.SEVERAL, parts=tuple(parts))
    return Pasted(
        Kind.LINES,
        records=tuple(distinct_works([record for part in parts for record in part.records])),
        lines=tuple(line for part in parts for line in part.lines),
        unread=tuple(line for part in parts for line in part.unread),
    )
