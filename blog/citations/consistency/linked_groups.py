"""
The citations of one pair of brackets, or of one name before it, by their keys.

What is not a citation is a piece of the source, not a sign of it changed: prefixes, locators, and
the words before a name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice, zip_longest

from blog.citations.clusters import CITE, parse_locator
from blog.citations.consistency.exact import Citable, printed_names
from blog.citations.consistency.grammar import LOCATOR, TypedGroup, TypedItem
from blog.citations.consistency.source_map import Seen, is_whole
from blog.citations.consistency.year_letters import has_letter_alone

POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")
BEFORE_KEY = " \t\n(“‘*_>—"  # and the start of a text: any of these may be before a bare key
GOES_ON = re.compile(r"[:.#$%&+?<>~/-]?\w")
OPENING = re.compile(r"\s*[(\[（]")
SEMICOLON = re.compile("[;；]")
BRACKET_BEHIND = re.compile(r"\s?\[")
# An escape without a need between the brackets of a citation, where none may be.
NEEDLESS_ESCAPE = re.compile(r"\\(?=[^\w\s*`\[\]<>@~;\\])|(?<=[^\W_])\\(?=_[^\W_])")
# What the brackets of a citation may not have in them: code, links, tags, escapes, strikes.
FOREIGN = re.compile(r"[`\[\]\\]|<[\w/!]|~~")
COLON = re.compile(r"^\s*[:：，,]\s*")  # behind a key, “: 33” would be a part of it
# What begins no emphasis before a bracket, but would before a citation: a**(Luna, 2010)**.
MARK_BEHIND_WORD = re.compile(r"[^\s(\[“‘\"'*_~][*_~]+$")
QUOTED_LINE = re.compile(r"\n\s*>")


@dataclass(frozen=True)
class LinkedGroup:
    """A linked group: its places in the source, its text for readers, its replacement.

    ``tokens`` are the places in the source of the first and the last letter or digit of each work,
    from its names to its year.
    """

    start: int
    end: int
    read: str
    text: str
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """One work between brackets, or other words; ``source`` is its replacement."""

    source: str
    has_key: bool


class NotLinkable(Exception):
    """No key can replace these citations so that all that is around them stays."""


def link_group(
    seen: Seen, group: TypedGroup, keys: Mapping[TypedItem, str], citables: Mapping[str, Citable]
) -> LinkedGroup | None:
    """Return a group with the keys of its items, None where these cannot be written.

    ``citables`` has the works that are beyond doubt by their keys.
    """
    items = [item for item in group.items if isinstance(item, TypedItem)]
    if group.has_brackets or any(item.is_secondary or item.has_day for item in items):
        return None
    if any(map(has_letter_alone, _rests(group))):
        return None
    try:
        return GroupWriter(seen, group, keys, citables).write()
    except NotLinkable:
        return None


def _rests(group: TypedGroup) -> Iterator[str]:
    """Yield the words that would stay beside the keys of a group."""
    for item in group.items:
        if isinstance(item, str):
            yield CITE.sub("", item)
        else:
            yield LOCATOR.sub("", item.rest)


class GroupWriter:
    """A writer of the keys of one group. Each method raises ``NotLinkable``."""

    def __init__(
        self,
        seen: Seen,
        group: TypedGroup,
        keys: Mapping[TypedItem, str],
        citables: Mapping[str, Citable],
    ):
        self.seen, self.group, self.keys, self.citables = seen, group, keys, citables
        self.items = [item for item in group.items if isinstance(item, TypedItem)]

    def write(self) -> LinkedGroup:
        if not self.group.narrative:
            return self._linked(self.group.start, self._in_brackets(), has_names=False)
        if len(self.items) < len(self.group.items) or not all(map(self.keys.get, self.items)):
            raise NotLinkable
        return self._narrative()

    def _linked(self, start: int, text: str, *, has_names: bool = True) -> LinkedGroup:
        """Return the part that ``text`` replaces: the text from a place to the end of the group."""
        span = self.seen.whole_span if has_names else self.seen.span
        begin, end = span(start, self.group.end)
        if text.startswith("[") and MARK_BEHIND_WORD.search(
            self.seen.source[max(0, begin - 8) : begin]
        ):
            raise NotLinkable
        spans = [(item.start, item.end) for item in self.items]
        if self.group.narrative:  # its names are before its bracket
            spans.append((start, self.items[0].end))
        tokens = {place for span in spans for place in self._ends(*span)}
        read = self.seen.text[start : self.group.end]
        return LinkedGroup(begin, end, read, text, tuple(sorted(tokens)))

    def _ends(self, start: int, end: int) -> Iterator[int]:
        """Yield the places in the source of the first and the last letter or digit of a span."""
        for span in (range(start, end), reversed(range(start, end))):
            words = (place for place in span if self.seen.text[place].isalnum())
            yield from (self.seen.places[place] for place in islice(words, 1))

    def _span(self) -> tuple[int, int]:
        return self.seen.span(self.group.start, self.group.end)

    def _in_brackets(self) -> str:
        parts = [part for run in self._runs() for part in run]
        runs = [(has_key, list(run)) for has_key, run in groupby(parts, lambda part: part.has_key)]
        is_cut = len(runs) > 1
        if is_cut and QUOTED_LINE.search(self.seen.source[slice(*self._span())]):
            raise NotLinkable
        texts = []
        for has_key, run in runs:
            text = _joined(run)
            if is_cut and not _closes_quotations(text):
                raise NotLinkable
            texts.append(f"[{text}]" if has_key else f"({text})")
        return " ".join(texts)

    def _narrative(self) -> LinkedGroup:
        """Return a name with its key; where a key would print other words, the name stays."""
        first = self.items[0]
        if first.is_loose and self.group.start == first.start:  # a year without brackets
            year = f"[-@{self.keys[first]}]"
            comma = max(0, first.start - 2)
            begin, end = self.seen.span(comma, first.end)
            if self.seen.source[begin:end].startswith(", "):  # “Calder, 2014” is “Calder (2014)”
                return self._linked(comma, f" {year}", has_names=False)
            return self._linked(first.start, year, has_names=False)
        bracket = self._bracket()
        inside = _joined([part for run in self._runs(bracket + 1) for part in run])
        if first.is_loose:
            return self._linked(bracket, f"[{inside}]", has_names=False)
        names = self._printed(first)
        start = self.group.start + len(first.names) - len(names or first.names)
        begin, end = self.seen.whole_span(start, self.group.end)
        name_end = self.seen.span(bracket, bracket + 1)[0]
        locator = inside.removeprefix(f"-@{self.keys[first]}").lstrip(", ")
        if not is_whole(self.seen.source[begin:name_end]):
            return self._linked(bracket, f"[{inside}]", has_names=False)
        if names and len(self.items) == 1 and _is_locator(locator) and self._is_alone(begin, end):
            key = self.keys[first]
            if locator:
                return self._linked(start, f"@{key} [{locator}]")
            is_braced = GOES_ON.match(self.seen.source, end)
            return self._linked(start, f"@{{{key}}}" if is_braced else f"@{key}")
        return self._linked(start, f"{self.seen.source[begin:name_end]}[{inside}]")

    def _printed(self, item: TypedItem) -> str:
        citable = self.citables.get(self.keys[item])
        return printed_names(item.names, citable) if citable else ""

    def _is_alone(self, begin: int, end: int) -> bool:
        """Return whether a bare key reads like its name, with no bracket that would be its own."""
        source = self.seen.source
        before = source[begin - 1 : begin] if begin else ""
        is_in_brackets = source.rfind("[", 0, begin) > source.rfind("]", 0, begin)
        return (
            before in BEFORE_KEY
            and not is_in_brackets
            and not BRACKET_BEHIND.match(source, end)
            and not POSSESSIVE.search(self.items[0].names)
        )

    def _bracket(self) -> int:
        """Return the place of the bracket behind the names of a group in a sentence."""
        names = "" if self.items[0].is_loose else self.items[0].names
        found = OPENING.match(self.seen.text, self.group.start + len(names))
        if not found:
            raise NotLinkable
        return found.end() - 1

    def _runs(self, start: int | None = None) -> Iterator[list[Part]]:
        """Yield the parts between two semicolons, from a place of the text on."""
        start = self.group.start + 1 if start is None else start
        end = self.group.end - 1
        semicolons = (found.start() for found in SEMICOLON.finditer(self.seen.text, start, end))
        cuts = [
            place
            for place in semicolons
            if not any(item.start <= place < item.end for item in self.items)
        ]
        for begin, until in zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True):
            items = [item for item in self.items if begin <= item.start and item.end <= until]
            if items:
                yield list(self._parts(items, begin, until))
            elif self.seen.text[begin:until].strip():
                source = self._source(begin, until)
                has_key = bool(CITE.search(source)) and not FOREIGN.search(source)
                yield [Part(source, has_key)]

    def _source(self, start: int, end: int) -> str:
        """Return the source of a span of the text, from behind the sign before to the next one."""
        begin = self.seen.places[start - 1] + 1
        return self.seen.source[begin : self.seen.places[end]]

    def _parts(self, items: list[TypedItem], begin: int, until: int) -> Iterator[Part]:
        """Yield the works of one part, each with what is before and behind it."""
        for item, following in zip_longest(items, items[1:]):
            end, next_begin = self._between(item, following) if following else (until, until)
            rest_end = self._after(end) if following else self.seen.places[end]
            yield self._part(item, self._after(begin), rest_end)
            begin = next_begin

    def _between(self, item: TypedItem, following: TypedItem) -> tuple[int, int]:
        """Return where what belongs to an item ends, and what belongs to the next one begins."""
        between = self.seen.text[item.end : following.start]
        end = between.find(item.rest) + len(item.rest)
        begin = between.rfind(following.prefix) if following.prefix else len(between)
        if item.rest not in between or not end <= begin:
            raise NotLinkable
        return item.end + end, item.end + begin

    def _part(self, item: TypedItem, begin: int, end: int) -> Part:
        """Return one work, with what is around it from a place of the source to another."""
        source, key = self.seen.source, self.keys.get(item, "")
        has_names = self.seen.text.startswith(item.names, item.start)
        start = self._start(item) if key and has_names else item.start
        own_begin, own_end = self._after(item.end), self._after(item.end)
        if start < item.end:  # else the letter of its year is among others
            own_begin, own_end = self.seen.whole_span(start, item.end)
        before, own, rest = source[begin:own_begin], source[own_begin:own_end], source[own_end:end]
        if not key:
            return Part(
                f"{before}{own if has_names else f'{item.names}, {item.year}'}{rest}", False
            )
        before, rest = NEEDLESS_ESCAPE.sub("", before), NEEDLESS_ESCAPE.sub("", rest)
        if FOREIGN.search(before + rest) or not all(map(is_whole, (before, own, rest))):
            raise NotLinkable
        if before.strip() and not before[-1].isspace():
            before += " "
        sign = "-@" if self.group.narrative and not has_names else "@"
        return Part(f"{before}{sign}{key}{COLON.sub(', ', rest).rstrip(' ,')}", True)

    def _start(self, item: TypedItem) -> int:
        """Return the place in the text of the names that the key of an item prints."""
        if POSSESSIVE.search(item.names):
            raise NotLinkable
        return item.start + len(item.names) - len(self._printed(item) or item.names)

    def _after(self, place: int) -> int:
        """Return the place in the source behind the sign before a place of the text."""
        return self.seen.places[place - 1] + 1 if place else 0


def _joined(parts: list[Part]) -> str:
    text = ""
    for part in parts:
        text += (";" if part.source[:1].isspace() else "; ") + part.source if text else part.source
    return text.strip()


def _is_locator(locator: str) -> bool:
    return not locator or bool(parse_locator(locator)[1] and not parse_locator(locator)[2])


def _closes_quotations(text: str) -> bool:
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")
