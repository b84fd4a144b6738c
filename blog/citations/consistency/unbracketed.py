"""
Works named with a year that is in no brackets: “Calder’s 2014 book”, “in 2014, Calder wrote”.

Such words may be a citation or a fact about a person. They never cite a work beyond doubt, and
count only where they name a reference; then people are asked.
"""

import re
from collections.abc import Callable, Iterator

from blog.citations.consistency.words import SMALL_LETTERS

# A raised year stands right behind its name: Calder²⁰¹⁴ with the tags of a page.
YEAR = re.compile(r"(?:(?<![\w./–-])|(?<=[a-zß-öø-ÿ]{2}))(?:1[5-9]|20)\d\d[a-z]?(?![\w/–-]|[.:]\d)")
BRACKETED = re.compile(r"\([^()]{0,4000}+\)|\[[^()\[\]]{0,4000}+\]")
LINK = re.compile(r",?(?: (?:in|from|of|dated|wrote in|published in))?$")
MONTH = re.compile(
    r" (?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
NAME = rf"[^\W\d_{SMALL_LETTERS}][\w’'-]+"
AFTER = re.compile(
    rf"(?: [a-z’'-]+){{1,4}} (?:by|of|from) "
    rf"(?P<by>{NAME}(?:(?:,| and| &|, and|, &) {NAME}){{0,5}}(?: et al\.)?)"
    rf"|(?: [a-z’'-]+){{0,3}},? (?P<names>{NAME}(?:(?: and| &) {NAME})?(?: et al\.)?)"
    r"(?=[,.;:]? [a-z]|[’']s? )"
)
MAX_CHARS = 140  # before or after a year, where names are looked for
MAX_YEARS = 500  # of one text

Named = tuple[str, str, int, int]


def years_outside_brackets(text: str, names_before: Callable[[str], str]) -> Iterator[Named]:
    """Yield names and a year beside them, with the places of the year.

    ``names_before`` returns the names at the end of a text, and "" where there are none.
    """
    text = BRACKETED.sub(lambda brackets: "\x00" * len(brackets[0]), text)
    for count, year in enumerate(YEAR.finditer(text)):
        if count == MAX_YEARS:
            return
        before = text[max(0, year.start() - MAX_CHARS) : year.start()].rstrip()
        before = MONTH.sub("", before)
        names = names_before(LINK.sub("", before)) or _names_after(text, year.end())
        if names:
            yield names, year[0], year.start(), year.end()


def _names_after(text: str, place: int) -> str:
    found = AFTER.match(text[place : place + MAX_CHARS])
    return (found["by"] or found["names"]) if found else ""
