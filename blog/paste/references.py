"""Parse the reference list under a pasted text."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from blog.citations.consistency.lines import REFERENCES_HEADING
from blog.citations.matching import RecordIndex
from blog.citations.parsers import suggest_key
from blog.citations.parsers.reference_line import (
    MAX_LINE_CHARS,
    read_reference,
    split_references,
)
from blog.citations.parsers.reference_line.formatting import without_escapes, without_links
from blog.paste.changes import MAX_CHANGES, Change, change

MAX_REFERENCES = 200
AFTER_LIST = re.compile(r"#|\[\^|(?:---|\*\*\*|___)\s*(?:\n|\Z)")  # a heading, a note, a rule
DATED = re.compile(
    r"\((?:(?:c\. ?)?(?:1[4-9]|20)\d\d(?:\D[^()]{0,40})?|n\. ?d\.[^()]{0,9}|in press"
    r"|forthcoming)\)",
    re.IGNORECASE,
)
LINE = re.compile(r"[^\n]+\n?|\n")
MAX_READ = 1_500  # different lines of one list; each takes about a millisecond
MAX_LINES = 40  # of what may be one entry
MAX_UNREAD = 200  # blocks of a list whose lines are tried by themselves
# What is left of a list of which all entries are taken: its signs.
SIGNS = re.compile(r"\A(?:^[ \t]*+(?:[-*+•·▪◦●○■□–]|\d{1,3}[.)])?[ \t]*+(?:\n|\Z))*", re.MULTILINE)
POINT = re.compile(r"\A(?:[-*+•·]|\d{1,3}[.)]|\[\d{1,3}\])\s+")


def find_references(text: str, references: Mapping[str, dict]) -> Iterator[Change]:
    """Find the entries of a reference list, each with its record and its key.

    A work that is in ``references``, CSL-JSON by key, keeps its key. An entry that
    is not read for sure stays in the text.
    """
    taken, known = dict(references), RecordIndex(references)
    start = list_start(text)
    entries = islice(_readings(text, start), MAX_CHANGES) if start else ()
    for place, end, csl in entries:
        key = known.key_of(csl)
        if key is None:
            if len(taken) - len(references) >= MAX_REFERENCES:
                return
            key = suggest_key(csl, taken)
            taken[key] = csl
            known.add(key, csl)
        yield change("reference", text, place, end, "", key=key, csl=csl)


def list_start(text: str) -> int:
    """Return the start of the entries of the last list of references; 0 if there is none."""
    start = place = 0
    for line in text.splitlines(keepends=True):
        place += len(line)
        if len(line) < 60 and REFERENCES_HEADING.fullmatch(line.rstrip("\n")):
            start = place
    return start


def list_span(text: str) -> tuple[int, int]:
    """Return where the entries of the last list begin and end: at a heading, or with the text."""
    start = list_start(text)
    heading = re.search(r"^#", text[start:], re.MULTILINE) if start else None
    return start, start + heading.start() if heading else len(text) * bool(start)


def without_empty_list(text: str, start: int) -> str:
    """Return a text without the heading of its list if nothing is left under it."""
    after = text[start:].strip()
    after = SIGNS.sub("", after, count=1)
    if after and not AFTER_LIST.match(after):
        return text
    before = text[:start].rstrip().rpartition("\n")[0].rstrip()
    return f"{before}\n\n{after}".strip()


def _readings(text: str, start: int) -> Iterator[tuple[int, int, dict]]:
    """Yield start, end and record of each entry that is read.

    Where lines are read together, they are one entry; else those that are read by themselves are
    entries, and the others stay.
    """
    unread, read = 0, _Reader()
    for place, end in _entries(text, start):
        if csl := read.record(text[place:end]):
            yield place, end, csl
            continue
        unread += 1
        if unread > MAX_UNREAD:
            continue
        for here, until in _single_entries(text, place, end, read.line):
            if csl := read.record(text[here:until]):
                yield here, until, csl


class _Reader:
    """Read the entries of one list: each once, however often it is there, and not any number."""

    def __init__(self) -> None:
        self._read: dict[str, dict] = {}

    def record(self, entry: str) -> dict:
        """Return the record of an entry, {} if it has no date or is not read."""
        return self.line(_plain(entry[:MAX_LINE_CHARS])) if DATED.search(entry[:600]) else {}

    def line(self, line: str) -> dict:
        if line not in self._read:
            if len(self._read) >= MAX_READ:
                return {}
            self._read[line] = read_reference(line)
        return self._read[line]


def _single_entries(
    text: str, place: int, end: int, read: Callable[[str], dict]
) -> Iterator[tuple[int, int]]:
    """Yield start and end of the entries that lines are without the notes between them."""
    lines = [(m.start() + place, m.end() + place) for m in LINE.finditer(text[place:end])]
    if not 1 < len(lines) <= MAX_LINES:
        return
    for entry in split_references(text[place:end], read):
        begun, words = 0, ""
        for count, (here, until) in enumerate(lines, 1):
            begun = begun or here
            words = " ".join([*words.split(), *text[here:until].split()])
            if words == entry:
                yield from _trimmed(text, begun, until)
                lines = lines[count:]
                break


def _entries(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each entry: a block, an item of its list, or a line with a date.

    A block with one date may have its author on several lines.
    """
    place = start
    for block in re.split(r"(\n[ \t]*\n+)", text[start:]):
        here, place = place, place + len(block)
        if block.lstrip().startswith(("#", "[^")):
            return
        sign = POINT if POINT.match(block) else DATED
        if sign is DATED and sum(map(bool, map(DATED.search, block.split("\n")))) < 2:
            yield from _trimmed(text, here, place)
            continue
        begun = here
        for line in LINE.finditer(block):
            at = here + line.start()
            begins = POINT.match(line[0].lstrip()) if sign is POINT else DATED.search(line[0])
            if begins and at > begun:
                yield from _trimmed(text, begun, at)
                begun = at
        yield from _trimmed(text, begun, place)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of an entry without the white space around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end


def _plain(entry: str) -> str:
    """Return an entry without its sign, and with its links as text."""
    entry = " ".join(without_escapes(without_links(entry)).split())
    return POINT.sub("", entry, count=1)
