"""Tell whether two records mean one work. Pure.

A DOI says it alone. Without one, a work is told by its first author, its year and the beginning
of its title: people type journals, pages and given names in many ways, these three in few.
Nothing is told of a record that lacks one of the three, nor of a title of a word or two, such as
“Introduction”: a false pair costs more than a missed one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from blog.citations import normalise_doi
from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import read_names
from blog.citations.csl.types import known_type

TITLE_CHARS = 40  # folded
MIN_TITLE_CHARS = 12
# Where two records differ in one of these they may well be two works: editions, parts, reprints.
DISTINGUISHING_FIELDS = (
    *("title", "edition", "volume", "issue", "page", "number", "version", "chapter-number"),
    *("part-number", "container-title"),
)

Key = TypeVar("Key")


def fingerprint(csl: Mapping) -> str:
    """Return what equal works have in common: “doi:10.1086/225469”, or author, year and title.

    "" where a record says too little to be told from others.
    """
    return f"doi:{doi}" if (doi := doi_of(csl)) else description(csl)


def description(csl: Mapping) -> str:
    """Return “granovetter|1973|strengthofweakties”, whatever the DOI; "" if a part is missing."""
    authors = _first_names(csl)
    year = read_issued(csl).year
    title = folded(unmarked(text_of(csl.get("title"))))[:TITLE_CHARS]
    if not (authors and year[-1:].isdigit() and len(title) >= MIN_TITLE_CHARS):
        return ""
    return f"{authors[0]}|{year}|{title}"


def is_same(one: Mapping, other: Mapping) -> bool:
    """Say whether two records mean one work beyond doubt, so that one of them is enough.

    Either one DOI, or everything that tells works apart is equal; how names are abbreviated, and
    what only one of them knows besides, is not looked at.
    """
    dois = doi_of(one), doi_of(other)
    if all(dois):
        return dois[0] == dois[1]
    described = description(one)
    return bool(described) and (described, _telling(one)) == (description(other), _telling(other))


def alike(works: Iterable[tuple[Key, Mapping]]) -> list[list[Key]]:
    """Group works that look like one, for somebody to decide; each in at most one group.

    Works with two different DOIs are two works, however alike: then those without a DOI may be
    either, so they are grouped with each other alone.
    """
    by_description: dict[str, list[tuple[Key, str]]] = defaultdict(list)
    for key, csl in works:
        if described := description(csl):
            by_description[described].append((key, doi_of(csl)))
    groups = []
    for members in by_description.values():
        ambiguous = len({doi for _key, doi in members if doi}) > 1
        groups.append([key for key, doi in members if not (ambiguous and doi)])
    return [group for group in groups if len(group) > 1]


def doi_of(csl: Mapping) -> str:
    return normalise_doi(text_of(csl.get("DOI")))


def _telling(csl: Mapping) -> tuple:
    fields = tuple(folded(unmarked(text_of(csl.get(field)))) for field in DISTINGUISHING_FIELDS)
    return known_type(csl), _first_names(csl), fields


def _first_names(csl: Mapping) -> tuple[str, ...]:
    """Return the folded families of those in the author's place; a group has its whole name."""
    for role in ("author", "editor"):
        people, _more = read_names(csl.get(role))
        if people:
            return tuple(folded(name.family) or name.family for name in people)
    return ()
