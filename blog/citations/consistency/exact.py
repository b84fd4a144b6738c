"""
The one work that a citation typed by hand cites beyond doubt.

All surnames and the year have to be those of one work, or the first surname with “et al.” where
there are three authors or more. Names are compared without case, accents, initials that agree, and
dropped particles, as ``citations.comparison`` compares them.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from string import ascii_lowercase

from blog.citations.apa.labels import label_works, ordered
from blog.citations.apa.works import Work
from blog.citations.consistency.typed_citations import SUFFIX, TypedCitation
from blog.citations.csl.fields import folded, unmarked
from blog.citations.csl.names import Name

OTHERS = re.compile(r",?\s+(?:(?:et|&)\.? ?al\.?|(?:and|&) (?:colleagues|others))$", re.IGNORECASE)
ALIAS = re.compile(r"\s*\[[^\[\]]*\]")
THE = re.compile(r"^the\s+", re.IGNORECASE)
# From the plainest to the boldest; the whole is for groups such as Health and Human Services.
SEPARATORS = (
    re.compile(r",?\s+(?:and|&)\s+|,\s*"),
    re.compile(r",?\s+(?:and|&|und|et|y|og|och)\s+|,\s*|\s?/\s?"),
    re.compile(r"(?!)"),
)
INITIAL = re.compile(r"(?:[A-Z]\.?-?){1,3}")
SMALL = {"of", "for", "and", "the", "on", "in"}
MIN_AUTHORS_ET_AL = 3


@dataclass(frozen=True)
class Citable:
    """A work as a typed citation may name it, with its key."""

    key: str
    authors: tuple[Name, ...]
    has_more_authors: bool
    titles: frozenset[str]
    years: tuple[str, ...]

    @cached_property
    def forms(self) -> list[frozenset[str]]:
        """Return the folded names of each author: the family, with particle, the short name."""
        return [frozenset(filter(None, _forms(name))) for name in self.authors]


@dataclass(frozen=True)
class Match:
    """A typed citation with the key of the one work it cites, or the ``keys`` it may mean.

    ``is_named``: its names alone are those of the work, without the words before them.
    """

    citation: TypedCitation
    key: str = ""
    keys: tuple[str, ...] = ()
    is_named: bool = False


def citables_of(works: Mapping[str, dict]) -> list[Citable]:
    """Return the works of a post, CSL-JSON by citation key, in the order of the reference list."""
    listed = ordered(Work(key, csl) for key, csl in works.items())
    return [_citable(work) for work in listed]


def match_citations(citations: Sequence[TypedCitation], citables: Sequence[Citable]) -> list[Match]:
    """Return a match for each citation, in their order.

    The letter after a year is the place of a work among those of one name and year, as the list
    prints them; one work alone is no b. A citation that fits several works cites none of them:
    nobody knows which was meant.
    """
    found: dict[tuple, tuple[str, ...]] = {}
    for citation in citations:
        name = _name(citation)
        if name not in found:
            found[name] = tuple(one.key for one in citables if _is_meant(citation, one))
    fitting = [found[_name(one)] for one in citations]
    suffixes: dict[tuple[str, ...], set[str]] = {}
    for citation, keys in zip(citations, fitting, strict=True):
        suffixes.setdefault(keys, set()).update(citation.year_suffix)
    matches = [
        _match(citation, keys, suffixes[keys])
        for citation, keys in zip(citations, fitting, strict=True)
    ]
    by_key = {one.key: one for one in citables}
    return [
        replace(match, is_named=bool(match.key) and _is_named(match.citation, by_key[match.key]))
        for match in matches
    ]


def cited_by_hand(
    citations: Sequence[TypedCitation], works: Mapping[str, dict]
) -> dict[str, tuple[int, ...]]:
    """Return the keys of the works that typed citations cite, with their paragraphs."""
    cited: dict[str, dict[int, None]] = {}
    for match in match_citations(citations, citables_of(works)):
        if match.key:
            paragraphs = cited.setdefault(match.key, {})
            if match.citation.paragraph is not None:
                paragraphs[match.citation.paragraph] = None
    return {key: tuple(paragraphs) for key, paragraphs in cited.items()}


def printed_names(names: str, one: Citable) -> str:
    """Return the end of typed names that a key of the work prints, "" where it prints others.

    “Webb” of “The Webb” and of “Ann Webb”, but “The Guardian” where that is the author, and the
    whole of a title, whatever its first word.
    """
    words = names.split(" ")
    choices = [" ".join(words[count:]) for count in range(len(words))]
    if not one.authors:
        return next((choice for choice in choices if folded(choice) in one.titles), "")
    for count in reversed(range(len(words))):
        if _names_authors(choices[count], one, with_given=False):
            has_article = count > 0 and words[count - 1].lower() == "the"
            return choices[count - 1 if has_article and THE.match(one.authors[0].family) else count]
    return ""


def years_of(work: Work) -> tuple[str, ...]:
    """Return the years by which a work can be cited: its own, its last, its first publication."""
    start, end = work.issued.start, work.issued.end
    years = [str(start.year) if start else work.issued.year]
    if end:
        years.append(str(end.year))
    return tuple(filter(None, [*years, work.original]))


def _citable(work: Work) -> Citable:
    return Citable(
        key=work.key,
        authors=work.authors,
        has_more_authors=work.unlisted_authors,
        titles=frozenset() if work.authors else _titles(work),
        years=years_of(work),
    )


def _titles(work: Work) -> frozenset[str]:
    """Return the folded titles that a work without authors is called by: whole, main or short."""
    title = unmarked(work["title"])
    label = label_works([work])[work.key]
    titles = {folded(one) for one in (title, re.split(r"[:?!.]\s", title)[0], label.title)}
    return frozenset(titles - {""})


def _match(citation: TypedCitation, keys: tuple[str, ...], suffixes: Collection[str]) -> Match:
    """Return the match of a citation, whose text has these suffixes after that name and year."""
    key = ""
    if citation.is_loose:
        pass
    elif len(keys) == 1:
        key = keys[0] if set(suffixes) <= {"a"} else ""
    elif citation.year_suffix:
        key = dict(zip(ascii_lowercase, keys, strict=False)).get(citation.year_suffix, "")
    return Match(citation, key, keys)


def _name(citation: TypedCitation) -> tuple:
    return citation.whole, citation.names, citation.titles, citation.year, citation.before


def _is_meant(citation: TypedCitation, one: Citable) -> bool:
    """Return whether a citation has the year of a work, and its names or title."""
    if not citation.has_year(one.years):
        return False
    if _is_named(citation, one):
        return True
    if one.authors:
        return _ends_with_group(citation, one)
    return bool(one.titles & (citation.titles | citation.titles_before))


def _is_named(citation: TypedCitation, one: Citable) -> bool:
    if not one.authors:
        return folded(citation.whole) in one.titles
    return _names_authors(citation.names, one)


def _names_authors(names: str, one: Citable, *, with_given: bool = True) -> bool:
    """Return whether names are those of the authors, ``with_given`` names before them or not."""
    names = SUFFIX.sub("", ALIAS.sub("", names)).strip()
    if OTHERS.search(names):
        listed = _split(OTHERS.sub("", names), SEPARATORS[0])
        enough = one.has_more_authors or len(one.authors) >= MIN_AUTHORS_ET_AL
        fewer = len(listed) < len(one.authors) + one.has_more_authors
        return enough and fewer and _are_names(listed, one, with_given=with_given)
    if one.has_more_authors:
        return False
    return any(
        len(listed) == len(one.authors) and _are_names(listed, one, with_given=with_given)
        for listed in (_split(names, separator) for separator in SEPARATORS)
    )


def _split(names: str, separator: re.Pattern) -> list[str]:
    return [name for name in map(str.strip, separator.split(names)) if name]


def _are_names(listed: Sequence[str], one: Citable, *, with_given: bool) -> bool:
    return all(
        _is_name(typed, name, forms, with_given=with_given)
        for typed, name, forms in zip(listed, one.authors, one.forms, strict=False)
    )


def _is_name(words: str, name: Name, forms: Collection[str], *, with_given: bool) -> bool:
    """Return whether words are a name, alone, after given names or before initials that agree."""
    if not with_given and name.given and folded(words) == folded(f"{name.family}{name.given}"):
        return False
    if folded(THE.sub("", words)) in forms:
        return True
    parts = words.split()
    for place in range(1, len(parts)):
        if folded(" ".join(parts[place:])) in forms:
            return with_given and _agree(parts[:place], name.given)
        if folded(" ".join(parts[:place])) in forms:
            return all(map(INITIAL.fullmatch, parts[place:])) and _agree(parts[place:], name.given)
    return False


def _agree(words: Sequence[str], given: str) -> bool:
    """Return whether given names or initials, as typed, are those of the record."""
    here = [folded(word) for part in words for word in re.split(r"[.\s-]+", part) if folded(word)]
    there = [folded(word) for word in re.split(r"[.\s-]+", given) if folded(word)]
    return 0 < len(here) <= len(there) and all(
        word == other or (1 in (len(word), len(other)) and word[0] == other[0])
        for word, other in zip(here, there, strict=False)
    )


def _ends_with_group(citation: TypedCitation, one: Citable) -> bool:
    """Return whether the sentence before “(2020)” ends with a group whose name has small words.

    “Centers for Disease Control and Prevention (2020)”: only the last capitals look like names.
    """
    if not citation.before or len(one.authors) != 1 or one.authors[0].given:
        return False
    name = one.authors[0].family
    is_longer = folded(name).endswith(folded(citation.names)) and len(name) > len(citation.names)
    end = re.sub(r"[’']s?$", "", citation.before)
    return is_longer and " " in name and end.lower().endswith(name.lower())


def _forms(name: Name) -> Iterable[str]:
    yield folded(THE.sub("", name.family))
    yield folded(f"{name.dropping}{name.family}")
    yield folded(name.abbreviation)
    words = name.family.split()
    if not name.given and len(words) > 1:
        initials = "".join(word[0] for word in words if word.lower() not in SMALL)
        yield folded(initials) if len(initials) > 1 else ""
    if name.given and not name.family.isascii():
        yield folded(f"{name.family}{name.given}")
