"""Citations and reference lists that were typed by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from blog.citations.consistency.grammar import (
    ENTRY,
    LEAD_IN,
    NO_NAME,
    TypedGroup,
    TypedItem,
    groups_in,
    words_of,
)
from blog.citations.consistency.lines import Line
from blog.citations.consistency.lower_case import is_name
from blog.citations.csl.dates import ABOUT, year_of_era
from blog.citations.csl.fields import folded

MAX_CITATIONS = 500  # read in one text
MAX_TITLE_WORDS = 20  # of one that is looked for before a year
QUOTATION_MARKS = ("“", '"')

AFTER_FIRST = re.compile(r",? (?i:(?:et|&) al)\.?|,|&| and |;")
SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\b\.?", re.IGNORECASE)
INITIAL_AT_END = re.compile(r"[,.] ?[^\W\d_]$")
YEAR_SUFFIX = re.compile(r"(?<=\d)-?([a-z])$|(?<=n\.d\.)-([a-z])$|(?<=in press)-([a-z])$")
SHORT = re.compile(r"[’'‘]\d\d")
FIRST_OF_1900S = 40  # ’39 is 2039, ’40 is 1940
UNDATED = re.compile(r"n\.? ?d\.?|no date", re.IGNORECASE)


@dataclass(frozen=True)
class TypedCitation:
    """
    A citation of one work, or an entry of a list.

    ``first`` has the words of its first author, ``names`` all of them as typed, ``before`` the text
    before a citation in a sentence. ``year`` is without its ``year_suffix``, the a of 2014a. One
    that is not ``sure`` may be other words, and counts only where it names a reference exactly.
    One that ``is_loose`` can mean a reference, but is never listed. ``whole`` is ``names`` with the
    words that may begin its sentence, or a title; ``titles`` are the folded titles it can be.
    """

    text: str
    first: tuple[str, ...]
    year: str
    paragraph: int | None = None
    names: str = ""
    year_suffix: str = ""
    before: str = ""
    sure: bool = True
    is_loose: bool = False
    whole: str = ""
    titles: frozenset[str] = frozenset()

    @cached_property
    def titles_before(self) -> frozenset[str]:
        """Return the folded titles of two words or more that may end the text before its year."""
        words = [folded(word) for word in self.before.split()[-MAX_TITLE_WORDS:]]
        return frozenset("".join(words[-count:]) for count in range(2, len(words) + 1))

    def has_year(self, years: Sequence[str]) -> bool:
        """Return whether these are its year, or the two years of a work published again."""
        return set(re.split("[/–]", self.year)) <= set(years)


def split_list(lines: Sequence[Line]) -> tuple[list[Line], list[TypedCitation]]:
    """Split a text from the reference list typed under it, which ends at the next heading."""
    text: list[Line] = []
    entries: list[TypedCitation] = []
    in_list = False
    for line in lines:
        if line.is_heading or line.is_references_heading:
            in_list = line.is_references_heading
        if not in_list:
            text.append(line)
        elif entry := ENTRY.match(line.plain):
            item = TypedItem(entry["names"], entry["year"])
            entries += filter(None, [_citation(item, line.paragraph, is_entry=True)])
    return text, entries


def citations_in(lines: Sequence[Line]) -> list[TypedCitation]:
    """Return the citations typed by hand, in the order of the text; at most 500."""
    found: list[TypedCitation] = []
    for paragraph, text in joined(lines):
        for group in groups_in(text):
            found += citations_of(group, paragraph)
        if len(found) > MAX_CITATIONS:
            break
    return found[:MAX_CITATIONS]


def citations_of(group: TypedGroup, paragraph: int | None = None) -> Iterator[TypedCitation]:
    """Yield the citations of one pair of brackets that belong into the reference list."""
    for item in group.items:
        if isinstance(item, TypedItem) and not item.is_secondary:
            citation = _citation(item, paragraph, before=group.before)
            if citation is not None:
                yield citation


def split_year(year: str) -> tuple[str, str]:
    """Split “2014a” into 2014 and a; “n. d.” is n.d., ’14 is 2014, and ca. 350 B.C.E. is -350."""
    if SHORT.fullmatch(year):
        return f"{20 if int(year[1:]) < FIRST_OF_1900S else 19}{year[1:]}", ""
    if of_era := year_of_era(ABOUT.sub("", year)):
        return str(of_era), ""
    year = UNDATED.sub("n.d.", " ".join(year.lower().split()))
    found = YEAR_SUFFIX.search(year)
    suffix = next(filter(None, found.groups())) if found else ""
    return YEAR_SUFFIX.sub("", year).replace("-", "–"), suffix


def joined(lines: Sequence[Line]) -> Iterator[tuple[int | None, str]]:
    """Yield the text of each block: a citation may go on in the next line."""
    for _block, group in groupby(lines, key=lambda line: (line.block, line.paragraph)):
        of_block = list(group)
        yield of_block[0].paragraph, " ".join(line.text for line in of_block)


def _citation(
    item: TypedItem, paragraph: int | None, *, before: str = "", is_entry: bool = False
) -> TypedCitation | None:
    name = re.sub(r"[’']s$|(?<=s)[’']$", "", item.names.strip(" “”\"'.,"))
    whole = " ".join(name.split())
    is_whole = is_entry or item.names.lstrip().startswith(QUOTATION_MARKS)
    name = whole if is_whole else without_opening(whole)
    choices = (whole, f"{item.prefix} {whole}", LEAD_IN.sub("", whole, count=1), name)
    first = words_of(AFTER_FIRST.split(SUFFIX.sub("", name))[0])
    if not first and item.names:  # “What Is It?” has no word that could be a name
        first, name, item = words_of(whole), whole, replace(item, sure=False)
    if not first or (item.sure and not _has_capital(name) and not is_name(name)):
        return None
    has_point = is_entry or name.lower().endswith((" al", " jr")) or INITIAL_AT_END.search(name)
    ended = f"{name}." if has_point else name
    text = f"{ended} ({item.year})" if is_entry else f"{ended}, {item.year}"
    year, year_suffix = split_year(item.year)
    return TypedCitation(
        text,
        first,
        year,
        paragraph,
        name,
        year_suffix,
        before,
        item.sure,
        item.is_loose,
        whole,
        frozenset(map(folded, choices)) - {""},
    )


def without_opening(names: str) -> str:
    """Return names without the words that begin a sentence before them: As, However, In.

    What begins with a quotation mark is a title, whatever its first word.
    """
    if names.startswith(QUOTATION_MARKS):
        return names
    first, _space, rest = names.partition(" ")
    while first and _is_no_name(first):
        names = rest.lstrip()
        first, _space, rest = names.partition(" ")
    return names


def _is_no_name(word: str) -> bool:
    """Return whether a word begins a sentence before a name; The Guardian and the WHO are names."""
    return folded(word) in NO_NAME and word != "The" and not (word.isupper() and len(word) > 1)


def _has_capital(name: str) -> bool:
    """Return whether a name has a capital, or letters of a script that knows none."""
    return any(sign.isalpha() and not sign.islower() for sign in name[:40])
