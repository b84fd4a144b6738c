"""
Labels of works in the text, no two of them the same.

The rules of the Publication Manual, 8.17–8.20, in their order: initials for first authors who
share a surname, more names where "et al." would hide the difference, suffixes after the year.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blog.citations.apa.short_titles import shortened
from blog.citations.apa.works import Work
from blog.citations.csl.fields import folded, unmarked
from blog.citations.csl.names import Name


@dataclass(frozen=True)
class Label:
    """The name of a work in the text: its ``names``, or its ``title`` where it has no author."""

    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    et_al: bool
    title: str
    year_suffix: str
    year: str


def ordered(works: Iterable[Work]) -> list[Work]:
    """Return works in the order of the reference list."""
    return sorted(works, key=lambda work: work.sort_key)


def label_works(works: Sequence[Work]) -> dict[str, Label]:
    """Return the labels of all works of a text by key; the works come in list order."""
    shown = _name_enough(works, _surnames(works))
    titles = _titles(works)
    calls = {
        work.key: (*shown[work.key], titles.get(work.key, ""), work.issued.year) for work in works
    }
    suffixes = _year_suffixes(works, calls)
    labels = {}
    for work in works:
        names, et_al, title, _ = calls[work.key]
        short = tuple(person.abbreviation for person in work.authors[: len(names)])
        year = work.issued.with_year_suffix(suffixes[work.key])
        if work.original:
            year = f"{work.original}/{year}"
        labels[work.key] = Label(names, short, et_al, title, suffixes[work.key], year)
    return labels


def _surnames(works: Sequence[Work]) -> dict[str, tuple[str, ...]]:
    """Return the surnames by work; first authors who share a surname get their initials."""
    people: dict[str, set[str]] = defaultdict(set)
    for work in works:
        for first in work.authors[:1]:
            people[folded(first.family)].add(folded(first.initials))
    return {work.key: _written(work.authors, people) for work in works}


def _written(authors: Sequence[Name], people: dict[str, set[str]]) -> tuple[str, ...]:
    names = [person.family for person in authors]
    if authors and len(people[folded(authors[0].family)]) > 1:
        first = authors[0]
        names[0] = f"{first.initials} {first.family}".strip()
    return tuple(names)


def _name_enough(
    works: Sequence[Work], surnames: dict[str, tuple[str, ...]]
) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Return as many of three or more authors as a label needs, and whether “et al.” follows."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for work in works:
        if _abridged(work, surnames):
            alike[surnames[work.key][0], work.issued.year].append(work.key)
    shown = {}
    for work in works:
        names = surnames[work.key]
        if not _abridged(work, surnames):
            shown[work.key] = names, False
            continue
        rivals = {surnames[key] for key in alike[names[0], work.issued.year]} - {names}
        count = 1 + max((_common(names, rival) for rival in rivals), default=0)
        # "et al." is plural: where it would stand for one person, that person is named.
        whole = count >= len(names) - 1 and bool(rivals) and not work.unlisted_authors
        shown[work.key] = (names, False) if whole else (names[:count], True)
    return shown


def _abridged(work: Work, surnames: dict[str, tuple[str, ...]]) -> bool:
    return len(surnames[work.key]) > 2 or (work.unlisted_authors and bool(surnames[work.key]))


def _common(names: Sequence[str], others: Sequence[str]) -> int:
    count = 0
    for one, other in zip(names, others, strict=False):
        if one != other:
            break
        count += 1
    return count


def _titles(works: Sequence[Work]) -> dict[str, str]:
    """Return the titles in the author's place, shortened where the short ones still differ."""
    shown = {work.key: unmarked(work.shown) for work in works}
    whole = {work.key: work.in_title_case(shown[work.key]) for work in works}
    short = {
        work.key: work.in_title_case(shortened(shown[work.key], work.plain("title-short")))
        for work in works
    }
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for work in works:
        meant[short[work.key], work.issued.year].add(whole[work.key])
    return {
        work.key: whole[work.key]
        if len(meant[short[work.key], work.issued.year]) > 1
        else short[work.key]
        for work in works
        if not work.authors
    }


def _year_suffixes(works: Sequence[Work], calls: dict[str, tuple]) -> dict[str, str]:
    """Return the year suffixes of works that still have the same label, in list order."""
    alike: dict[tuple, list[str]] = defaultdict(list)
    for work in works:
        alike[calls[work.key]].append(work.key)
    suffixes = {}
    for keys in alike.values():
        for place, key in enumerate(keys):
            suffixes[key] = _year_suffix(place) if len(keys) > 1 else ""
    return suffixes


def _year_suffix(place: int) -> str:
    """Return the suffix of a place: a … z, aa, ab …"""
    suffixes = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        suffixes = chr(ord("a") + rest) + suffixes
    return suffixes
