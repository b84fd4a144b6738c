"""
The letters that follow a year: “(Webb, 2012a, b)” cites two works, “(Webb, 2012a–c)” three.

A year with a letter begins them. What stands there and cannot be read as letters is for people:
nothing is written in the place of it.
"""

import re
from collections.abc import Iterator
from string import ascii_lowercase

LETTERED = re.compile(r"(?P<year>.*?(?:\d|n\. ?d\.|press)-?)(?P<letter>[a-z])", re.IGNORECASE)
_JOIN = r"\s*(?P<sign>[,/&+]\s*(?:&|and\b)?|and\b|to\b|[–—-])\s*"
ONE_MORE = re.compile(
    rf"{_JOIN}-?(?:(?<![\d])(?:1[5-9]|20)\d\d)?-?(?P<letter>[a-z])"
    r"(?=\s*(?:$|[,;&/+–—-](?!\w*\d{3})|and\b|to\b))",
    re.IGNORECASE,
)
THROUGH = re.compile(r"[–—-]|to", re.IGNORECASE)
# “2012a; b”: a semicolon between the letters of one year.
SEMICOLON = re.compile(r"(?<=\d[a-z])\s*;\s*(?=-?[a-z]\s*(?:$|[;,&]))", re.IGNORECASE)
# A letter alone that is none of a locator’s and no article before a word.
ALONE = re.compile(r"(?<![\w.’'-])-?(?!\W*[aA] [^\W\d_]{2})[^\W\d_](?![\w.’'])|\d{4}-?[a-z](?!\w)")


def with_commas(inside: str) -> str:
    """Return the text in a bracket, in its length, with commas between letters of one year."""
    return SEMICOLON.sub(lambda found: found[0].replace(";", ","), inside)


def years_after(year: str, text: str, place: int) -> tuple[list[str], int]:
    """Return the years that letters behind a year name, and the place in the text behind them.

    “2012a” before “, b & c, p. 3” has 2012b and 2012c; before “–c” as well. They may come in any
    order: “2012b, a”.
    """
    begun = LETTERED.fullmatch(year)
    if begun is None:
        return [], place
    letters: list[str] = []
    last = begun["letter"].lower()
    named = {last}
    while found := ONE_MORE.match(text, place):
        letter = found["letter"].lower()
        is_range = THROUGH.fullmatch(found["sign"].strip())
        if letter in named or (is_range and letter < last):  # “2012b–a” is none of these
            break
        letters += _up_to(last, letter) if is_range else letter
        last, place = letter, found.end()
        named = {begun["letter"].lower(), *letters}
    return [f"{begun['year']}{letter}" for letter in letters], place


def has_letter_alone(rest: str) -> bool:
    """Return whether what follows a year may name more works of that year, which were not read."""
    return bool(ALONE.search(rest))


def _up_to(first: str, last: str) -> Iterator[str]:
    start, end = ascii_lowercase.index(first), ascii_lowercase.index(last)
    yield from ascii_lowercase[start + 1 : end + 1]
