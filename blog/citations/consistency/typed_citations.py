"""Citations and reference lists that were typed by hand."""

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
MAX_NAMES_CHARS = 140  # before a year in brackets, where its names are looked for
AFTER_FIRST = re.compile(r",? et al\.?|,|&| and |;")
HYPHENS = re.compile(r"[\s\-‐‑–]+")
# Words that begin a sentence before a name, and words before a year that name nobody.
NO_NAME = {
    *("in", "as", "according", "however", "while", "although", "both", "when", "for", "the", "and"),
    *("but", "like", "unlike", "from", "by", "since", "then", "yet", "thus", "also", "see", "so"),
    *("if", "where", "after", "before", "until", "during", "spring", "summer", "fall", "autumn"),
    *("winter", "january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
}
ENTRY = re.compile(rf"(?P<names>[^()]{{2,600}}?)\.? ?\((?P<year>{YEAR})(?:, [^()]{{1,40}})?\)")


@dataclass(frozen=True)
class TypedCitation:
    """A citation or an entry of a list: the words of its first author, and its year."""

    text: str
    first: tuple[str, ...]
    year: str
    paragraph: int | None = None

    def has_year(self, years: Sequence[str]) -> bool:
        """Return whether these are its year, or the two years of a work published again."""
        return set(self.year.split("/")) <= set(years)


def split_list(lines: Sequence[Line]) -> tuple[list[Line], list[TypedCitation]]:
    """Split a text from the reference list typed under it, which ends at the next heading."""
    text: list[Line] = []
    entries: list[TypedCitation] = []
    in_list = False
    for line in lines:
        if line.is_heading or line.is_references_heading:
            in_list = line.is_references_heading
        elif not in_list:
            text.append(line)
        elif entry := ENTRY.match(line.plain):
            entries += _citation(entry["names"], entry["year"], line, is_entry=True)
    return text, entries


def citations_in(lines: Sequence[Line]) -> list[TypedCitation]:
    """Return the citations typed by hand, in the order of the text; at most 500."""
    found: list[TypedCitation] = []
    for line in lines:
        found += _in_brackets(line)
        found += _in_sentences(line)
        if len(found) > MAX_CITATIONS:
            break
    return found[:MAX_CITATIONS]


def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, without initials and articles unless it has no others."""
    words = [word for word in map(folded, HYPHENS.split(name)) if word]
    return tuple(word for word in words if len(word) > 1 and word != "the") or tuple(words)


def _in_brackets(line: Line) -> Iterator[TypedCitation]:
    for brackets in BRACKETS.finditer(line.text):
        inside = brackets[1]
        if OPEN in inside or CLOSE in inside or "personal communication" in inside:
            continue
        for part in inside.split(";"):
            match = PART.fullmatch(part.strip())
            if match and (match["comma"] is not None or "et al" in match["names"]):
                years = [match["year"], *match["years"].split(", ")[1:]]
                for year in years:
                    yield from _citation(match["names"], year, line)


def _in_sentences(line: Line) -> Iterator[TypedCitation]:
    for match in AFTER_NAMES.finditer(line.text):
        before = line.text[max(0, match.start() - MAX_NAMES_CHARS) : match.start()]
        names = NAMES.search(before)
        if names and CLOSE not in before[names.start() - 1 :]:
            yield from _citation(names[0], match["year"], line)


def _citation(
    names: str, year: str, line: Line, *, is_entry: bool = False
) -> Iterator[TypedCitation]:
    words = re.sub(r"[’']s$", "", names.strip(" “”\"'.,")).split()
    while words and not is_entry and folded(words[0]) in NO_NAME and words[0] != "The":
        words = words[1:]
    name = " ".join(words)
    first = words_of(AFTER_FIRST.split(name)[0])
    if not first or not any(character.isupper() for character in name[:40]):
        return
    ended = f"{name}." if name.endswith((" al", " Jr")) or is_entry else name
    text = f"{ended} ({year})" if is_entry else f"{ended}, {year}"
    yield TypedCitation(text, first, re.sub(r"(?<=\d)[a-z]$", "", year), line.paragraph)
