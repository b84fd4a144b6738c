"""Lists of addresses as people paste them: from a mail program, a text, one person a line."""

import re

from blog.roster_files.cells import addresses_in, looks_like_name, name_of
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
        rows.append(_person(number, name, address))
    return rows


def _name(text: str) -> str:
    """Return the name in the text beside an address, "" where it is none."""
    words = text.strip(AROUND)
    if words.startswith("'") or words.endswith("'"):
        words = words.strip("'" + AROUND)
    return words if looks_like_name(words) else ""


def _person(number: int, name: str, email: str, problem: str = "") -> RosterRow:
    read = name_of(name)
    return RosterRow((number,), read.whole, read.family, read.given, email, problem=problem)
