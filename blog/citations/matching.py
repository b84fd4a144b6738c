"""
Match records of one work. Pure.

A DOI alone is enough. Without one, a work is matched by its first author, its year and the
beginning of its title: people type journals, pages and given names in many ways, these three in
few. A record that lacks one of the three matches nothing, nor does a title of a word or two, such
as “Introduction”: a false pair costs more than a missed one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from blog.citations import normalise_doi
from blog.citations.comparison.equality import same_people, same_title
from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import read_names
from blog.citations.csl.types import known_type

TITLE_CHARS = 40  # folded
MIN_TITLE_CHARS = 12
MAX_COMPARED = 20  # records of one author, year and title in a file
# Two records that differ in one of these may well be two works: editions, parts, reprints.
DISTINGUISHING_FIELDS = (
    *("title", "edition", "volume", "issue", "page", "number", "version", "chapter-number"),
    *("part-number", "container-title"),
)

Key = TypeVar("Key")


def author_year_title(csl: Mapping) -> str:
    """Return “granovetter|1973|strengthofweakties”, whatever the DOI; "" if a part is missing."""
    authors = _family_names(csl)
    year = read_issued(csl).year
    title = folded(unmarked(text_of(csl.get("title"))))[:TITLE_CHARS]
    if not (authors and year[-1:].isdigit() and len(title) >= MIN_TITLE_CHARS):
        return ""
    return f"{authors[0]}|{year}|{title}"


def is_same_work(one: Mapping, other: Mapping) -> bool:
    """Return whether two CSL records are one work beyond doubt, so that one of them is enough.

    Either they have one DOI, or they agree in every distinguishing field; abbreviations of given
    names, and fields that only one of them has, do not matter.
    """
    dois = doi_of(one), doi_of(other)
    if all(dois):
        return dois[0] == dois[1]
    key = author_year_title(one)
    return bool(key) and (key, _distinguishing(one)) == (
        author_year_title(other),
        _distinguishing(other),
    )


def is_one_record(one: Mapping, other: Mapping) -> bool:
    """Return whether adding one of two records would find the other: nothing new is in it.

    They are the same work, or the same in every field but their keys: a title of a word or two is
    enough then, and so is a work without an author or a year.
    """
    return is_same_work(one, other) or _without_id(one) == _without_id(other)


class RecordIndex:
    """The keys of records, which are found as by ``is_one_record`` without comparing each."""

    def __init__(self, records: Mapping[str, Mapping]) -> None:
        self._keys: list[tuple[str, str]] = []  # with DOIs, in the order in which they are found
        self._places: dict[tuple, list[int]] = defaultdict(list)
        for key, csl in records.items():
            self.add(key, csl)

    def add(self, key: str, csl: Mapping) -> None:
        for name in self._names(csl):
            self._places[name].append(len(self._keys))
        self._keys.append((key, doi_of(csl)))

    def key_of(self, csl: Mapping) -> str | None:
        """Return the key of the first record that is one with another, None if there is none."""
        doi, found = doi_of(csl), []
        for name in self._names(csl):
            # Two DOIs are two works, whatever else their records have in common.
            alike = (
                place
                for place in self._places.get(name, ())
                if name[0] != "work" or not (doi and self._keys[place][1])
            )
            found += [place for place in [next(alike, None)] if place is not None]
        return self._keys[min(found)][0] if found else None

    @staticmethod
    def _names(csl: Mapping) -> Iterator[tuple]:
        """Yield keys of which two records of one work have one in common."""
        yield "record", json.dumps(_without_id(csl), sort_keys=True, default=str)
        if doi := doi_of(csl):
            yield "doi", doi
        if key := author_year_title(csl):
            yield "work", key, _distinguishing(csl)


def distinct_works(records: Iterable[dict]) -> list[dict]:
    """Return the records of a file without those that are a work before them beyond doubt."""
    kept: list[dict] = []
    by_key: dict[str, list[dict]] = defaultdict(list)
    for record in records:
        keys = list(filter(None, (doi_of(record), author_year_title(record))))
        alike = (other for key in keys for other in by_key[key][:MAX_COMPARED])
        if not any(is_same_work(record, other) for other in alike):
            kept.append(record)
            for key in keys:
                by_key[key].append(record)
    return kept


def likely_duplicates(works: Iterable[tuple[Key, Mapping]]) -> list[list[Key]]:
    """Group works that look like one, for a person to decide; each is in at most one group.

    Works with two different DOIs are two works, however alike; those without a DOI beside them may
    be either, so they are grouped with each other alone.
    """
    by_key: dict[str, list[tuple[Key, str]]] = defaultdict(list)
    for work, csl in works:
        if key := author_year_title(csl):
            by_key[key].append((work, doi_of(csl)))
    groups = []
    for members in by_key.values():
        ambiguous = len({doi for _work, doi in members if doi}) > 1
        groups.append([work for work, doi in members if not (ambiguous and doi)])
    return [group for group in groups if len(group) > 1]


def differing_fields(one: Mapping, other: Mapping) -> list[str]:
    """Return where two records differ, of “DOI”, “author”, “issued” and “title”, in this order.

    A field that only one of them has makes no difference.
    """
    days = read_issued(one).start, read_issued(other).start
    dois = doi_of(one), doi_of(other)
    differs = {
        "DOI": len({doi for doi in dois if doi}) > 1,
        "author": not (same_people(one, other) or same_people(other, one)),
        "issued": len({day.year for day in days if day}) > 1,
        "title": not (same_title(one, other) or same_title(other, one)),
    }
    return [field for field, is_different in differs.items() if is_different]


def doi_of(csl: Mapping) -> str:
    """Return the normalised DOI of a record, "" if it has none."""
    return normalise_doi(text_of(csl.get("DOI")))


def _without_id(csl: Mapping) -> dict:
    return {field: value for field, value in csl.items() if field != "id"}


def _distinguishing(csl: Mapping) -> tuple:
    fields = (folded(unmarked(text_of(csl.get(field)))) for field in DISTINGUISHING_FIELDS)
    return known_type(csl), _family_names(csl), tuple(fields)


def _family_names(csl: Mapping) -> tuple[str, ...]:
    """Return the folded families of the authors or else the editors; a group's name is whole."""
    for role in ("author", "editor"):
        people, _more = read_names(csl.get(role))
        if people:
            return tuple(folded(name.family) or name.family for name in people)
    return ()
