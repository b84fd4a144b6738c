"""Index of works by the names that people type: “Bui et al.”, “Bui Phu Hung, Ulla, …”, “WHO”."""

import re
from collections.abc import Mapping

from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import Name, read_names

WORDS = re.compile(r"[^\s,;./]+")
JOINING = {"and", "und", "y", "et"}
OTHERS = re.compile(
    r",?\s*(?:\bet\s+al\.?,?|\band\s+(?:colleagues|others|coworkers)),?\s*$", re.IGNORECASE
)
MARKS = re.compile(r"[*_\\]")
NO_DATE = "nd"


class WorkIndex:
    """An index of works by year, authors and title; ``works`` is CSL-JSON by key."""

    def __init__(self, works: Mapping[str, dict]):
        self.by_year: dict[str, list[tuple[str, list, tuple[str, ...]]]] = {}
        for key, csl in works.items():
            names = next(
                filter(None, (read_names(csl.get(r))[0] for r in ("author", "editor"))), ()
            )
            authors = [_variants(name) for name in names]
            title = tuple(_tokens(unmarked(text_of(csl.get("title")))))
            self.by_year.setdefault(_year(csl), []).append((key, authors, title))

    def key_of(self, names: str, year: str) -> str | None:
        """Return the key of the work with these names and this year, None if it is not certain.

        A work may have two names, as a name is split or not; the first author alone is enough
        where no other work of that year begins so.
        """
        year = NO_DATE if year[0] == "n" else year[:4]
        others = OTHERS.search(names)
        tokens = _tokens(names[: others.start()] if others else names)
        if not tokens:
            return None
        sure, likely = [], []
        for key, authors, title in self.by_year.get(year, ()):
            if not authors:
                if tuple(tokens) == title[: len(tokens)] and len(tokens) > 1:
                    sure.append(key)
                continue
            count = _count_of(tokens, authors)
            if count and (count == len(authors) or others):
                sure.append(key)
            elif count == 1:
                likely.append(key)
        found = sure or likely
        return found[0] if len(found) == 1 else None


def _variants(name: Name) -> list[list[str]]:
    """Return the ways to write a name, the longest first.

    A name that is not split may be written whole, or by its first or its last word; a group by
    its initials.
    """
    tokens = _tokens(name.family)
    ways = [tokens]
    if name.given:
        ways += [tokens[n:] for n in range(1, len(tokens))]
    elif len(tokens) > 1:
        ways += [tokens[:1], tokens[-1:]]
        capitals = "".join(word[0] for word in WORDS.findall(name.family) if word[0].isupper())
        ways += [[capitals.lower()]] if len(capitals) > 2 else []
    if name.abbreviation:
        ways.append(_tokens(name.abbreviation))
    return sorted(filter(None, ways), key=len, reverse=True)


def _count_of(tokens: list[str], authors: list[list[list[str]]]) -> int:
    """Return how many authors the tokens name, in their order; 0 if any of them is no author."""
    place = 0
    for count, ways in enumerate(authors):
        way = next((way for way in ways if tokens[place : place + len(way)] == way), None)
        if way is None:
            return 0 if place < len(tokens) else count
        place += len(way)
        if place == len(tokens):
            return count + 1
    return 0


def _tokens(words: str) -> list[str]:
    """Return folded words for comparing, without initials and words that join names."""
    words = re.sub(r"[’']s\b", "", MARKS.sub("", words))
    found = (folded(word) for word in WORDS.findall(words) if word.lower() not in JOINING)
    return [word for word in found if len(word) > 1 or not word.isascii()]


def _year(csl: Mapping) -> str:
    start = read_issued(csl).start
    return str(abs(start.year)) if start else NO_DATE
