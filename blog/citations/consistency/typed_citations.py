"""Citations and reference lists as people type them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blog.citations.consistency.lines import CLOSE, OPEN, Line
from blog.citations.csl.fields import folded

MAX_CITATIONS = 500  # read in one text

YEAR = r"(?:(?:1[5-9]|20)\d\d[a-z]?(?:/(?:1[5-9]|20)\d\d)?|n\.d\.|in press)"
BRACKETS = re.compile(r"\(([^()]{4,400})\)")
PART = re.compile(
    r"(?:(?:see|also|cf\.|but|and|e\.g\.|for example|as cited in|quoted in)[, ]+)*"
    rf"(?P<names>[^\d;]{{2,160}}?)(?P<comma>,|(?<=,[”\"]))? (?P<year>{YEAR})"
    rf"(?P<years>(?:, {YEAR})*)(?:[,:].*)?",
    re.IGNORECASE,
)
AFTER_NAMES = re.compile(rf" \((?P<year>{YEAR})(?:[,:;][^()]{{0,120}})?\)")
PARTICLE = r"(?:van|von|de|del|della|der|den|di|da|la|le|ten|ter|al|bin|ibn|el|du|dos|zu|d[’'])"
NAME = rf"(?:{PARTICLE}[ -])*[^\W\d_a-z][\w’'-]*"
NAMES = re.compile(
    rf"(?<![\w’'-])(?:{NAME}(?: {NAME}){{0,4}}(?:, {NAME}(?: {NAME}){{0,4}}){{0,20}},? (?:and|&) )?"
    rf"{NAME}(?: {NAME}){{0,4}}(?:,? et al\.?| and colleagues| and others)?(?:[’']s)?$"
)
MAX_NAMES_CHARS = 140  # before a year, searched for its names
FIRST = re.compile(r",? et al\.?|,|&| and |;")
HYPHENS = re.compile(r"[\s\-‐‑–]+")
# Words that begin a sentence before a name, and words that stand before years and name nobody.
NO_NAME = {
    *("in", "as", "according", "however", "while", "although", "both", "when", "for", "the", "and"),
    *("but", "like", "unlike", "from", "by", "since", "then", "yet", "thus", "also", "see", "so"),
    *("if", "where", "after", "before", "until", "during", "spring", "summer", "fall", "autumn"),
    *("winter", "january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
}
ENTRY = re.compile(rf"(?P<names>[^()]{{2,600}}?)\.? ?\((?P<year>{YEAR})(?:, [^()]{{1,40}})?\)")


@dataclass(frozen=True)
class Typed:
    """A citation, or an entry of a typed list: the first author's words, and a year."""

    text: str
    first: tuple[str, ...]
    year: str
    paragraph: int | None = None

    def is_of(self, years: Sequence[str]) -> bool:
        """Say whether it names one of these years, or two of a work that came out again."""
        return set(self.year.split("/")) <= set(years)


def split_list(lines: Sequence[Line]) -> tuple[list[Line], list[Typed]]:
    """Part a text from the list of references typed under it, up to the next heading."""
    text, in_list = [], False
    entries: list[Typed] = []
    for line in lines:
        if line.is_heading or line.says_references:
            in_list = line.says_references
        elif not in_list:
            text.append(line)
        elif entry := ENTRY.match(line.plain):
            entries += _typed(entry["names"], entry["year"], line, is_entry=True)
    return text, entries


def citations_in(lines: Sequence[Line]) -> list[Typed]:
    """Return the citations typed by hand, in the order of the text."""
    found: list[Typed] = []
    for line in lines:
        found += _in_brackets(line)
        found += _in_sentences(line)
        if len(found) > MAX_CITATIONS:
            break
    return found[:MAX_CITATIONS]


def words_of(name: str) -> tuple[str, ...]:
    """Fold the words of a name; initials and articles count only where there is nothing else."""
    words = [word for word in map(folded, HYPHENS.split(name)) if word]
    kept = [word for word in words if len(word) > 1 and word != "the"]
    return tuple(kept or words)


def _in_brackets(line: Line) -> Iterator[Typed]:
    for brackets in BRACKETS.finditer(line.text):
        inside = brackets[1]
        if OPEN in inside or CLOSE in inside or "personal communication" in inside:
            continue
        for part in inside.split(";"):
            match = PART.fullmatch(part.strip())
            if match and (match["comma"] is not None or "et al" in match["names"]):
                years = [match["year"], *match["years"].split(", ")[1:]]
                for year in years:
                    yield from _typed(match["names"], year, line)


def _in_sentences(line: Line) -> Iterator[Typed]:
    for match in AFTER_NAMES.finditer(line.text):
        before = line.text[max(0, match.start() - MAX_NAMES_CHARS) : match.start()]
        names = NAMES.search(before)
        if names and CLOSE not in before[names.start() - 1 :]:
            yield from _typed(names[0], match["year"], line)


def _typed(names: str, year: str, line: Line, *, is_entry: bool = False) -> Iterator[Typed]:
    words = re.sub(r"[’']s$", "", names.strip(" “”\"'.,")).split()
    while words and not is_entry and folded(words[0]) in NO_NAME and words[0] != "The":
        words = words[1:]
    called = " ".join(words)
    first = words_of(FIRST.split(called)[0])
    if not first or not any(letter.isupper() for letter in called[:40]):
        return
    closed = f"{called}." if called.endswith((" al", " Jr")) or is_entry else called
    text = f"{closed} ({year})" if is_entry else f"{closed}, {year}"
    yield Typed(text, first, re.sub(r"(?<=\d)[a-z]$", "", year), line.paragraph)
