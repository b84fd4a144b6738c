"""Lists of addresses as people paste them: from a mail program, a text, one person a line."""

import re
from collections.abc import Sequence
from dataclasses import replace

from blog.roster_files.cells import addresses_in, is_section, looks_like_name, name_of
from blog.roster_files.people import RosterRow

AROUND = ' \t,;:<>|"“”„‘()[]*•·–—-\u200b\ufeff\xa0'
NUMBERED = re.compile(r"^\s*\d{1,4}[.)]\s+")
IN_BRACKETS = re.compile(r"\s*>?\s*\(([^()@]{1,150})\)")
MAILTO = re.compile(r"mailto:", re.IGNORECASE)
MAX_LINE_CHARS = 20_000


def people_of_line(line: str, number: int) -> list[RosterRow]:
    """Return the people of a line, in its order; one with a problem if it has no address."""
    line = NUMBERED.sub("", MAILTO.sub("", line[:MAX_LINE_CHARS]))
    found = addresses_in(line)
    if not found:
        words = line.strip(AROUND)
        if not words:
            return []
        is_name = looks_like_name(words) and "@" not in words
        problem = "no_email" if is_name else "bad_email" if "@" in words else "nobody"
        return [_person(number, words if is_name else "", "", problem)]
    rows, end = [], 0
    for place, (start, stop, address) in enumerate(found):
        before = line[end:start]
        until = found[place + 1][0] if place + 1 < len(found) else len(line)
        end = stop
        name = _name(before)
        comment = IN_BRACKETS.match(line[stop:until])
        if comment and not name:
            name, end = _name(comment[1]), stop + comment.end()
        if not name and len(found) == 1:
            name = _name(line[stop:])
        person = _person(number, name, address)
        if len(found) == 1:
            person = replace(person, sections=_section(line[stop:]))
        rows.append(person)
    return rows


def in_pairs(lines: Sequence[Sequence[RosterRow]]) -> list[RosterRow]:
    """Return the people of some lines, one for a name and an address in lines of their own.

    So people copy them from a page. Only where all lines are such pairs, in the same order: else
    nobody can tell whose address a name has.
    """
    rows = [row for line in lines for row in line]
    pairs = list(zip(rows[::2], rows[1::2], strict=False))
    is_single = len(rows) % 2 == 0 and all(len(line) < 2 for line in lines)
    for name_first in (True, False):
        ordered = [(one, other) if name_first else (other, one) for one, other in pairs]
        if is_single and all(_is_pair(name, address) for name, address in ordered):
            return [
                replace(name, lines=one.lines, email=address.email, problem="")
                for (one, _other), (name, address) in zip(pairs, ordered, strict=True)
            ]
    return rows


def _is_pair(name: RosterRow, address: RosterRow) -> bool:
    return name.problem == "no_email" and bool(address.email) and not address.name


def has_other_words(line: str) -> bool:
    """Return whether words stand beside the one address of a line, which are not read as a name."""
    line = NUMBERED.sub("", MAILTO.sub("", line[:MAX_LINE_CHARS]))
    found = addresses_in(line)
    if len(found) != 1:
        return False
    start, stop, _address = found[0]
    beside = [part.strip(AROUND) for part in (line[:start], line[stop:])]
    return any(part and not is_section(part) for part in beside)


def _section(text: str) -> tuple[str, ...]:
    """Return the section in the text behind an address, if it is called like one."""
    words = text.strip(AROUND)
    return (words,) if is_section(words) else ()


def _name(text: str) -> str:
    """Return the name in the text beside an address, "" where it is none."""
    words = text.strip(AROUND)
    if words.startswith("'") or words.endswith("'"):
        words = words.strip("'" + AROUND)
    return words if looks_like_name(words) else ""


def _person(number: int, name: str, email: str, problem: str = "") -> RosterRow:
    read = name_of(name)
    return RosterRow((number,), read.whole, read.family, read.given, email, problem=problem)
