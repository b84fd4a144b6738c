"""Split a pasted list of references into its entries."""

import re

from blog.citations.csl.fields import tidy
from blog.citations.parsers.reference_line.dates import DATED

BULLET = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)](?=\s+\D)|[-*+•–·])\s+")
EMPHASIS = re.compile(r"\*+(?=\S)|(?<=\S)\*+|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
HEADING = re.compile(r"^\W*(?:references?|reference list|bibliography|works cited)\W*$", re.I)
# “Luna, A., 2012.” and “Luna A, Sol B.” begin entries of other styles.
BEGINS = re.compile(
    r"[^\W\d_][\w’'-]+(?: [^\W\d_][\w’'-]+)?,? (?:[A-Z]\.|[A-Z]{1,2},|[A-Z][a-z]+[,.])"
    r".*\b(?:1[5-9]|20)\d\d\b"
)


LINK_ONLY = re.compile(r"[<(\[]?(?:https?://|www\.|doi:?\s*10\.|10\.\d{4,9}/)\S+", re.IGNORECASE)
ISBN_ONLY = re.compile(r"(?:ISBN[ :-]*)?(?:\d[ -]?){9,12}[\dX]", re.IGNORECASE)
ENDS_IN_LINK = re.compile(r"(?:https?://|www\.|10\.\d{4,9}/)\S+$", re.IGNORECASE)


def split_references(text: str) -> list[str]:
    """Return the entries of a pasted list, each on one line and without the list's heading.

    Blank lines separate entries where there are any; else a line without a date belongs to the
    entry before it.
    """
    blocks = [" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text)]
    if len([block for block in blocks if block]) < 2:
        blocks = _joined([" ".join(line.split()) for line in text.splitlines()])
    return [block for block in blocks if block and not HEADING.match(block)]


def cleaned_line(line: str) -> str:
    """Return a line without its bullet, its emphasis and signs that have no width."""
    return BULLET.sub("", tidy(EMPHASIS.sub("", line)))


def _joined(lines: list[str]) -> list[str]:
    entries: list[str] = []
    for line in lines:
        signs = (DATED.search, BULLET.match, HEADING.match, BEGINS.match)
        begins = not entries or any(sign(line) for sign in signs)
        # An entry has one address; a second one is a work of its own.
        begins |= bool(LINK_ONLY.fullmatch(line) and entries and ENDS_IN_LINK.search(entries[-1]))
        begins |= bool(ISBN_ONLY.fullmatch(line) or (entries and _is_identifier(entries[-1])))
        if begins or HEADING.match(entries[-1]):
            entries.append(line)
        elif line:
            entries[-1] = f"{entries[-1]} {line}"
    return entries


def _is_identifier(entry: str) -> bool:
    return bool(LINK_ONLY.fullmatch(entry) or ISBN_ONLY.fullmatch(entry))
